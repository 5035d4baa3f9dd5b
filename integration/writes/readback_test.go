package writes_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Person has a name that the database makes, a number that a trigger changes, and a large column that is computed.
type Person struct {
	ID          int64
	First, Last string
	Full        string
	Writes      int32
	Search      string
}

type persons struct {
	model.Table[Person]
	ID          expr.Int
	First, Last expr.Text
	Full        expr.Text
	Writes      expr.Int32
	Search      expr.Text
}

var (
	Persons = model.Map("person", func(t *persons) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Generated(t.Full, t.First.Concat(" ").ConcatExpr(t.Last)),
			model.ReadBack(t.Writes), model.Generated(t.Search, expr.Lower(t.First)), model.Deferred(t.Search),
		}
	})
	personSchema = model.MustSchema(Persons)
)

const countWrites = `CREATE FUNCTION count_writes() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN NEW.writes := NEW.writes + 10; RETURN NEW; END $$;
	CREATE TRIGGER count_writes BEFORE INSERT OR UPDATE ON person FOR EACH ROW EXECUTE FUNCTION count_writes()`

// What the database makes of a row is in the object after each write, of one or of several.
func TestReadBack(t *testing.T) {
	t.Parallel()
	eng, rec := open(t, personSchema, countWrites)
	s := begin(t, eng)
	a, b := &Person{First: "Ann", Last: "Lee", Full: "ignored"}, &Person{First: "Bo", Last: "Ek"}
	s.Add(a)
	ok(t, s.Commit(ctx))
	sent(t, rec, `INSERT INTO person (first, last, writes) VALUES ($1, $2, $3) RETURNING id, "full", writes`)
	equal(t, "full", a.Full, "Ann Lee")
	equal(t, "writes", a.Writes, 10)
	s.Add(b, &Person{First: "Cy", Last: "Dee"})
	ok(t, s.Commit(ctx))
	equal(t, "full", b.Full, "Bo Ek")

	rec.take()
	a.First = "Anna"
	ok(t, s.Commit(ctx))
	sent(t, rec, `WITH added AS (UPDATE person SET first = $1 WHERE person.id = $2 RETURNING "full", writes) SELECT * FROM added WHERE (`+
		`SELECT CASE WHEN count(*) = 1 THEN true ELSE ('cupel: rows found: ' || count(*))::integer = 0 END FROM added)`)
	equal(t, "full", a.Full, "Anna Lee")
	equal(t, "writes", a.Writes, 20)
	a.Last, b.Last = "Foe", "Goe"
	ok(t, s.Commit(ctx))
	sent(t, rec, `WITH added AS (UPDATE person SET last = cupel.v1 FROM unnest(nullif($1, ARRAY[(NULL::person).last]), $2::bigint[]) AS cupel (v1, v2) `+
		`WHERE person.id = cupel.v2 RETURNING person.id, person."full", person.writes) SELECT * FROM added WHERE (SELECT CASE WHEN count(*) = $3 `+
		`AND count(DISTINCT k1) = count(*) THEN true ELSE ('cupel: rows found: ' || count(*))::integer = 0 END `+
		`FROM (SELECT added.id AS k1 FROM added) AS cupel)`)
	equal(t, "full of both", a.Full+b.Full, "Anna FoeBo Goe")
	_, err := eng.Pool().Exec(ctx, "DELETE FROM person WHERE id = $1", b.ID)
	ok(t, err)
	a.Last, b.Last = "Poe", "Qoe"
	is(t, s.Commit(ctx), session.ErrStale)
	ok(t, s.Rollback(ctx))
	equal(t, "full", one[string](t, eng, `SELECT "full" FROM person WHERE id = $1`, a.ID), "Anna Foe")
	b = &Person{First: "Bo", Last: "Ek"}
	s.Add(b)
	a.Last = "Lee"
	ok(t, s.Commit(ctx))
	rec.take()
	a.Last, b.Last = "Moe", "Noe"
	ok(t, s.Flush(ctx))
	equal(t, "full of both", a.Full+b.Full, "Anna MoeBo Noe")
	ok(t, s.Rollback(ctx))
	equal(t, "full of both", a.Full+b.Full, "Anna LeeBo Ek")
	equal(t, "writes", a.Writes, 40)

	a.Full = "mine"
	is(t, s.Commit(ctx), session.ErrReadOnly)
	ok(t, s.Rollback(ctx))
	s.Set(a, Persons.Full.To("mine"))
	is(t, s.Commit(ctx), session.ErrReadOnly)
	ok(t, s.Rollback(ctx))
	is(t, session.BulkUpdate(ctx, eng, Persons, []*Person{a}, Persons.Full), session.ErrReadOnly)
	a.First = "A"
	ok(t, session.BulkUpdate(ctx, s, Persons, []*Person{a, b}, Persons.First))
	equal(t, "full", a.Full, "A Lee")
}

// A column that is computed and deferred is unknown after each write.
func TestReadBackDeferred(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, personSchema, countWrites)
	s := begin(t, eng)
	a := &Person{First: "Ann"}
	s.Add(a)
	ok(t, s.Commit(ctx))
	ok(t, session.Load(ctx, s, Persons, []*Person{a}, Persons.Search))
	equal(t, "search", a.Search, "ann")
	a.First = "Bo"
	ok(t, s.Commit(ctx))
	equal(t, "search", a.Search, "")
	ok(t, session.Load(ctx, s, Persons, []*Person{a}, Persons.Search))
	equal(t, "search", a.Search, "bo")
	ok(t, s.Commit(ctx))
}

// Statements by condition keep objects in step with what the database makes of their rows, or have them read again.
func TestReadBackOfStatements(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, personSchema, countWrites)
	s := begin(t, eng)
	a := &Person{First: "Ann", Last: "Lee"}
	s.Add(a)
	ok(t, s.Flush(ctx))
	_, err := query.Update(Persons).Set(Persons.First.To("Bo")).Everywhere().Exec(ctx, s)
	ok(t, err)
	equal(t, "full", a.Full, "Bo Lee")
	_, err = query.Update(Persons).Set(Persons.First.To("Cy")).Everywhere().Sync(query.SyncEvaluate).Exec(ctx, s)
	ok(t, err)
	a, err = session.Get(ctx, s, Persons, a.ID)
	ok(t, err)
	equal(t, "full", a.Full, "Cy Lee")
	_, err = query.InsertObjects(Persons, &Person{First: "Di", Full: "ignored"}).Exec(ctx, s)
	ok(t, err)
	n, err := session.CopyFrom(ctx, s, Persons, each(&Person{First: "Ed"}, &Person{First: "Flo", Full: "ignored"}))
	ok(t, err)
	equal(t, "rows", n, 2)
}

// Another one's table: the DDL says what is computed, and Verify compares it.
func TestGeneratedDDL(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, personSchema)
	equal(t, "DDL", personSchema.DDL()[0], `CREATE TABLE person (
	id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
	first text NOT NULL,
	last text NOT NULL,
	"full" text NOT NULL GENERATED ALWAYS AS (first || ' ' || last) STORED,
	writes integer NOT NULL,
	search text NOT NULL GENERATED ALWAYS AS (lower(first)) STORED,
	PRIMARY KEY (id)
)`)
	_, err := eng.Pool().Exec(ctx, `ALTER TABLE person ALTER "full" DROP EXPRESSION`)
	ok(t, err)
	if err := personSchema.Verify(ctx, eng); err == nil {
		t.Error("Verify finds nothing")
	}
}

// A row whose deferred columns nobody knows is not taken over by a new object with its key: it is deleted first.
func TestSameKeyAnew(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, personSchema, countWrites)
	s := begin(t, eng)
	a := &Person{ID: 5, First: "Ann"}
	s.Add(a)
	ok(t, s.Commit(ctx))
	s.Delete(a)
	b := &Person{ID: 5, First: "Bo"}
	s.Add(b)
	ok(t, s.Commit(ctx))
	equal(t, "first", one[string](t, eng, "SELECT first FROM person WHERE id = 5"), "Bo")
	got, err := session.Get(ctx, s, Persons, 5)
	ok(t, err)
	equal(t, "object", got, b)
	equal(t, "old one in the session", s.Contains(a), false)
}
