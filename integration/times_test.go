package integration_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Clock has a column of each type of time.
type Clock struct {
	ID   int64
	Zone time.Time
	Wall time.Time
	Day  time.Time
	Then *time.Time
}

type clocks struct {
	model.Table[Clock]
	ID         expr.Int
	Zone, Wall expr.Time
	Day        expr.Date
	Then       expr.NullTime
}

var (
	clock = model.Map("clock", func(t *clocks) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("timestamp", t.Wall, t.Then)}
	})
	clockSchema = model.MustSchema(clock)
)

// TestTimesMeanTheSameOnEveryExecution: a time with an offset is stored and compared alike the first time that a
// connection meets a statement, when its arguments go as text, and later; alone, in bulk and in arrays; and as pgx does.
func TestTimesMeanTheSameOnEveryExecution(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	conn, err := pgx.Connect(ctx, dsn)
	check(t, err)
	defer conn.Close(ctx)
	eng, err := session.Open(ctx, dsn, clockSchema, session.Options{MaxConns: 1})
	check(t, err)
	defer eng.Close()
	check(t, clockSchema.CreateAll(ctx, eng))
	for _, zone := range []string{"UTC", "America/New_York", "Asia/Kolkata"} {
		_, err := eng.Pool().Exec(ctx, "SET timezone = '"+zone+"'")
		check(t, err)
		_, err = eng.Pool().Exec(ctx, "DEALLOCATE ALL; DELETE FROM clock")
		check(t, err)
		eng.Pool().Reset() // new connections: first executions again
		for _, at := range []time.Time{
			time.Date(2024, 2, 29, 23, 0, 0, 123456789, time.FixedZone("", -5*3600)),
			time.Date(2024, 3, 1, 0, 30, 0, 0, time.FixedZone("", 5*3600+1800+7)),
			time.Date(12024, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(-43, 3, 15, 12, 0, 0, 0, time.UTC), time.Date(0, 12, 31, 1, 0, 0, 0, time.UTC),
		} {
			storeClocks(t, eng, conn, at)
		}
	}
}

func storeClocks(t *testing.T, eng *session.Engine, conn *pgx.Conn, at time.Time) {
	t.Helper()
	s := eng.Session()
	defer s.Close(ctx)
	make := func() *Clock { return &Clock{Zone: at, Wall: at, Day: at, Then: &at} }
	for range 3 { // alone
		s.Add(make())
		check(t, s.Flush(ctx))
	}
	for range 2 { // in bulk
		s.Add(make(), make())
		check(t, s.Flush(ctx))
	}
	c := clock
	for range 2 {
		_, err := query.Insert(c).Values(c.Zone.To(at), c.Wall.To(at), c.Day.To(at), c.Then.ToExpr(expr.Val(at))).Exec(ctx, s)
		check(t, err)
	}
	check(t, s.Commit(ctx))
	var id int64 // what pgx stores
	check(t, conn.QueryRow(ctx, "INSERT INTO clock (zone, wall, day, \"then\") VALUES ($1, $2, $3, $4) RETURNING id", at, at, at, at).Scan(&id))
	var different, all int
	check(t, conn.QueryRow(ctx, `SELECT count(DISTINCT (zone, wall, day, "then")), count(*) FROM clock`).Scan(&different, &all))
	if different != 1 || all != 10 {
		rows, _ := conn.Query(context.Background(), `SELECT row(zone, wall, day, "then")::text FROM clock ORDER BY id`)
		texts, _ := pgx.CollectRows(rows, pgx.RowTo[string])
		t.Errorf("%v is stored in %d ways: %v", at, different, texts)
	}
	many := []time.Time{at}
	for i := range 20 {
		many = append(many, at.Add(time.Duration(i+1)*time.Hour))
	}
	for range 3 {
		for i, p := range []expr.Predicate{
			c.Wall.Eq(at), c.Day.Eq(at), c.Zone.Eq(at), c.Then.In(at), c.Wall.In(many...), c.Zone.In(many...), c.Day.Between(at, at),
			c.Wall.EqExpr(expr.Val(at)), expr.Coalesce(c.Then, at).Eq(at),
		} {
			n, err := query.Select(c).Filter(p).Count(ctx, eng)
			check(t, err)
			if n != 10 {
				t.Errorf("condition %d, %v, with %v finds %d rows", i, p, at, n)
			}
		}
	}
	_, err := query.Delete(c).Everywhere().Exec(ctx, eng)
	check(t, err)
}
