package session_test

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// secret is a text that says itself how it is stored.
type secret string

// Value returns the stored form.
func (s secret) Value() (driver.Value, error) { return "enc(" + string(s) + ")", nil }

// Scan undoes Value.
func (s *secret) Scan(v any) error {
	text, ok := v.(string)
	if !ok || !strings.HasPrefix(text, "enc(") {
		return errors.New("not encrypted")
	}
	*s = secret(text[4 : len(text)-1])
	return nil
}

// Parent and Kid have columns that test the edges of mapping.
type (
	Parent struct {
		ID   int64
		Code string
		Kids model.Many[Kid]
	}
	Kid struct {
		ID       int64
		Name     string
		ParentID sql.NullInt64
		ByCode   *string
		Secret   secret
		Amount   pgtype.Numeric
		Note     pgtype.Text
		Parent   model.One[Parent]
		Coded    model.One[Parent]
	}
	// V has a name that the session's own statements might use, a fixed length and a key that is a time.
	V struct {
		At   time.Time
		Code string
	}
	parents struct {
		model.Table[Parent]
		ID   expr.Int
		Code expr.Text
		Kids model.ToMany[Parent, Kid]
	}
	kids struct {
		model.Table[Kid]
		ID       expr.Int
		Name     expr.Text
		ParentID expr.NullInt
		ByCode   expr.NullText
		Secret   expr.Text
		Amount   expr.DecimalOf[pgtype.Numeric, pgtype.Numeric]
		Note     expr.NullText
		Parent   model.ToOne[Kid, Parent]
		Coded    model.ToOne[Kid, Parent]
	}
	vs struct {
		model.Table[V]
		At   expr.Time
		Code expr.Text
	}
)

var (
	Parents = model.Map("parent", func(t *parents) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Unique(t.Code), model.DeleteMembers(t.Kids)}
	})
	Kids = model.Map("kid", func(t *kids) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.ParentID, Parents.ID), model.ForeignKey(t.ByCode, Parents.Code),
			model.Via(t.Parent, t.ParentID), model.Via(t.Coded, t.ByCode), model.Via(Parents.Kids, t.ParentID),
			model.Default(t.Note, func() string { return "default" }),
		}
	})
	Vs = model.Map("v", func(t *vs) model.Spec {
		return model.Spec{model.PrimaryKey(t.At), model.Size(3, t.Code), model.Type("char", t.Code)}
	})
	family = model.MustSchema(Parents, Kids, Vs)
)

func openFamily(t *testing.T) *session.Engine {
	t.Helper()
	eng, err := session.Open(ctx, pgtest.Database(t), family, session.Options{})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, family.CreateAll(ctx, eng))
	return eng
}

func number(n int64, exp int32) pgtype.Numeric {
	return pgtype.Numeric{Int: big.NewInt(n), Exp: exp, Valid: true}
}

// twoParents stores two parents, the first with three kids, and returns a session that has read them.
func twoParents(t *testing.T, eng *session.Engine) (*session.Session, []*Parent, []*Kid) {
	t.Helper()
	s := begin(t, eng)
	p := []*Parent{{Code: "one"}, {Code: "two"}}
	for i := range 3 {
		p[0].Kids.Add(&Kid{Name: fmt.Sprint(i), Secret: "pw", Amount: number(104, 0), ByCode: ptr("two")})
	}
	s.Add(p[0], p[1])
	ok(t, s.Commit(ctx))
	ps := must[[]*Parent](t)(query.Select(Parents).OrderBy(Parents.ID).All(ctx, s))
	return s, ps, must[[]*Kid](t)(ps[0].Kids.All(ctx))
}

// TestForeignKeyTypes: sql.Null and pgtype fields join like any other, and so does a foreign key to a unique column.
func TestForeignKeyTypes(t *testing.T) {
	t.Parallel()
	eng := openFamily(t)
	s, p, k := twoParents(t, eng)
	equal(t, "kids", len(k), 3)
	equal(t, "foreign key", k[0].ParentID, sql.NullInt64{Int64: p[0].ID, Valid: true})
	equal(t, "parent", must[*Parent](t)(k[0].Parent.Get(ctx)), p[0])
	equal(t, "parent by code", must[*Parent](t)(k[0].Coded.Get(ctx)), p[1])
	equal(t, "default of a pgtype.Text", k[0].Note, pgtype.Text{String: "default", Valid: true})
	fresh := begin(t, eng)
	other := must[*Kid](t)(session.Get(ctx, fresh, Kids, k[0].ID))
	equal(t, "parent by code", must[*Parent](t)(other.Coded.Get(ctx)).Code, "two")
	equal(t, "secret", other.Secret, "pw")
	var stored string
	ok(t, eng.Pool().QueryRow(ctx, "SELECT secret FROM kid LIMIT 1").Scan(&stored))
	equal(t, "what is stored of a secret", stored, "enc(pw)")
	k[0].Amount.Int.Add(k[0].Amount.Int, big.NewInt(1)) // in place
	ok(t, s.Commit(ctx))
	ok(t, eng.Pool().QueryRow(ctx, "SELECT amount::text FROM kid WHERE id = $1", k[0].ID).Scan(&stored))
	equal(t, "amount", stored, "105")
}

// TestMovedByForeignKey: a child that was given another parent by its foreign key, in whatever state the lists are, stays
// when its old parent is deleted, with all other changes.
func TestMovedByForeignKey(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"loaded", "after a commit", "flushed"} {
		eng := openFamily(t)
		s, p, k := twoParents(t, eng)
		if when == "after a commit" {
			ok(t, s.Commit(ctx))
		}
		k[1].ParentID.Int64, k[1].Name = p[1].ID, "moved"
		if when == "flushed" {
			ok(t, s.Flush(ctx))
		}
		s.Delete(p[0])
		ok(t, s.Commit(ctx))
		left := must[[]query.Row2[string, *int64]](t)(query.Select2(Kids.Name, Kids.ParentID).All(ctx, eng))
		equal(t, when, fmt.Sprint(left), "[('moved', 2)]")
	}
}

// TestNoFlushKeepsChanges: a query that meets a stale object with changes does not undo them.
func TestNoFlushKeepsChanges(t *testing.T) {
	t.Parallel()
	eng := openFamily(t)
	s, p, _ := twoParents(t, eng)
	ok(t, s.Commit(ctx))
	_, err := eng.Pool().Exec(ctx, "UPDATE kid SET name = 'other' WHERE id = 1")
	ok(t, err)
	p[0].Code = "changed"
	_, err = query.Select(Parents).NoFlush().All(ctx, s)
	ok(t, err)
	equal(t, "a changed column", p[0].Code, "changed")
	ok(t, s.Commit(ctx))
	equal(t, "in the database", must[string](t)(query.Select(Parents.Code).Filter(Parents.ID.Eq(1)).One(ctx, eng)), "changed")
}

// TestFixedLength: what is too long is an error for one row and for many, and a key of fixed length is that key.
func TestFixedLength(t *testing.T) {
	t.Parallel()
	eng := openFamily(t)
	s := begin(t, eng)
	zone := time.FixedZone("", 3600)
	day := func(n int) time.Time { return time.Date(2024, 1, n, 1, 0, 0, 123456789, zone) }
	a, b := &V{At: day(1), Code: "ABC"}, &V{At: day(2), Code: "DEF"}
	s.Add(a, b)
	ok(t, s.Commit(ctx))
	equal(t, "codes", fmt.Sprint(must[[]string](t)(query.Select(Vs.Code).OrderBy(Vs.At).All(ctx, eng))), "[ABC DEF]")
	all := must[[]*V](t)(query.Select(Vs).OrderBy(Vs.At).All(ctx, s))
	equal(t, "the object of a key that is a time", all[0], a)
	equal(t, "by another zone", must[*V](t)(session.Get(ctx, s, Vs, day(2).UTC())), b)
	a.Code, b.Code = "X", "Y"
	ok(t, s.Commit(ctx))
	a.Code, b.Code = "too long", "too long"
	var e *session.DatabaseError
	if err := s.Commit(ctx); !errors.As(err, &e) || e.Code != "22001" {
		t.Errorf("two values that are too long give %v", err)
	}
	ok(t, s.Rollback(ctx))
	s.Delete(a, b)
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "v"), 0)
}

// TestKeysThatDoNotCountUp: keys that nobody can match to their rows are an error, never a mix-up; nor is a row that a
// trigger keeps out taken for stored.
func TestKeysThatDoNotCountUp(t *testing.T) {
	t.Parallel()
	eng := openFamily(t)
	_, err := eng.Pool().Exec(ctx, "ALTER TABLE parent ALTER id SET INCREMENT BY -1 SET MINVALUE -100")
	ok(t, err)
	s := begin(t, eng)
	s.Add(&Parent{Code: "a"}, &Parent{Code: "b"})
	is(t, s.Flush(ctx), session.ErrKeyOrder)
	ok(t, s.Rollback(ctx))
	_, err = eng.Pool().Exec(ctx, "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; "+
		"CREATE TRIGGER keep_out BEFORE INSERT ON parent FOR EACH ROW EXECUTE FUNCTION nothing()")
	ok(t, err)
	s.Add(&Parent{Code: "c"})
	if err := s.Flush(ctx); err == nil {
		t.Error("a row that a trigger kept out is taken for stored")
	}
	ok(t, s.Rollback(ctx))
}

// TestDeletedPendingParent: what referred to a new object that is deleted again refers to nothing.
func TestDeletedPendingParent(t *testing.T) {
	t.Parallel()
	eng := openFamily(t)
	s := begin(t, eng)
	p, k := &Parent{Code: "p"}, &Kid{Name: "k", Amount: number(1, 0)}
	k.Parent.Set(p)
	s.Add(k)
	s.Delete(p)
	ok(t, s.Commit(ctx))
	equal(t, "foreign key", k.ParentID.Valid, false)
	equal(t, "parents", count(t, eng, "parent"), 0)
	q, l := &Parent{Code: "q"}, &Kid{Name: "l", Amount: number(1, 0)}
	q.Kids.Add(l)
	s.Add(q)
	s.Delete(l)
	ok(t, s.Commit(ctx))
	known, _ := q.Kids.Peek()
	equal(t, "kids", len(known), 0)
}

// TestManyChildren: adding children one by one takes time in proportion to their number.
func TestManyChildren(t *testing.T) {
	t.Parallel()
	took := func(n int) time.Duration {
		s := openFamily(t).Session()
		defer s.Close(ctx)
		p := &Parent{Code: "p"}
		s.Add(p)
		start := time.Now()
		for range n {
			p.Kids.Add(&Kid{})
		}
		return time.Since(start)
	}
	if few, many := took(2000), took(40000); many > 100*few+time.Second {
		t.Errorf("20 times as many children take %v instead of %v", many, few)
	}
}

// TestErrorsShowNoValues: messages of the server that quote a value are told without it.
func TestErrorsShowNoValues(t *testing.T) {
	t.Parallel()
	eng := openFamily(t)
	_, err := eng.Pool().Exec(ctx, "ALTER TABLE kid ALTER name TYPE integer USING 1")
	ok(t, err)
	for range 2 {
		_, err := query.Select(Kids).Filter(Kids.Name.Eq("987654321098")).All(ctx, eng)
		if err == nil || strings.Contains(err.Error(), "987654321098") {
			t.Errorf("error is %v", err)
		}
	}
}
