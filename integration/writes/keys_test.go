package writes_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Token has a key that the statement computes.
type Token struct {
	ID   [16]byte
	Name string
	At   time.Time
}

type tokens struct {
	model.Table[Token]
	ID   expr.UUID
	Name expr.Text
	At   expr.Time
}

// Entry has a key of two columns, of which the program gives the first, and entries that belong to it.
type Entry struct {
	Tenant, Number int64
	Name           string
	OfNumber       *int64

	Of    model.One[Entry]
	Parts model.Many[Entry]
}

type entries struct {
	model.Table[Entry]
	Tenant, Number expr.Int
	Name           expr.Text
	OfNumber       expr.NullInt
	Of             model.ToOne[Entry, Entry]
	Parts          model.ToMany[Entry, Entry]
}

var (
	Tokens = model.Map("token", func(t *tokens) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.DefaultExpr(t.ID, expr.Func[expr.UUID]("gen_random_uuid")), model.ServerDefault(t.At, "now()"),
		}
	})
	Entries = model.Map("entry", func(t *entries) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.Tenant, t.Number), model.ZeroIsUnset(t.Number),
			model.DefaultExpr(t.Number, expr.Func[expr.Int]("nextval", expr.Val("entry_number"))),
			model.ForeignKeys(model.Refer(t.Tenant, t.Tenant), model.Refer(t.OfNumber, t.Number)),
		}
	})
	keySchema = model.MustSchema(Tokens, Entries)
)

const entryNumbers = "CREATE SEQUENCE entry_number INCREMENT -3 MAXVALUE 1000000 START 1000"

// Rows whose keys an expression makes are one statement, and each object gets its own, whatever the order of the keys.
func TestComputedKeys(t *testing.T) {
	t.Parallel()
	eng, rec := open(t, keySchema, entryNumbers)
	for _, commit := range []bool{true, false} {
		s := begin(t, eng)
		var ts []*Token
		var es []*Entry
		rec.take()
		for i := range 50 {
			ts = append(ts, &Token{Name: fmt.Sprint("t", i)})
			es = append(es, &Entry{Tenant: int64(i % 3), Name: fmt.Sprint("e", i)})
			s.Add(ts[i], es[i])
		}
		if !commit {
			ok(t, s.Flush(ctx))
		}
		ok(t, s.Commit(ctx))
		if all := rec.take(); len(all) != 2 {
			t.Errorf("%d statements: %s", len(all), all[0])
		}
		for i := range ts {
			equal(t, "name", one[string](t, eng, "SELECT name FROM token WHERE id = $1 AND at = $2", ts[i].ID, ts[i].At), ts[i].Name)
			equal(t, "name", one[string](t, eng, "SELECT name FROM entry WHERE tenant = $1 AND number = $2", es[i].Tenant, es[i].Number), es[i].Name)
			if got, err := session.Get(ctx, s, Entries, es[i].Tenant, es[i].Number); err != nil || got != es[i] {
				t.Errorf("object is %v, %v", got, err)
			}
		}
		ok(t, s.Commit(ctx))
	}
	given := &Token{ID: [16]byte{1}, Name: "given"}
	bulk := []*Token{{Name: "a"}, given, {Name: "b"}}
	ok(t, session.BulkInsert(ctx, eng, Tokens, bulk...))
	equal(t, "key", given.ID, [16]byte{1})
	equal(t, "name", one[string](t, eng, "SELECT name FROM token WHERE id = $1", bulk[2].ID), "b")
}

// A trigger that keeps rows out, or gives them other keys, is an error, and nothing is stored.
func TestComputedKeysAndTriggers(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, keySchema, entryNumbers, `CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		IF NEW.name = 'out' THEN RETURN NULL; END IF;
		IF NEW.name = 'other' THEN NEW.id := gen_random_uuid(); END IF;
		RETURN NEW; END $$;
		CREATE TRIGGER meddle BEFORE INSERT ON token FOR EACH ROW EXECUTE FUNCTION meddle()`)
	for _, name := range []string{"out", "other"} {
		for _, commit := range []bool{true, false} {
			s := begin(t, eng)
			a, b := &Token{Name: "a"}, &Token{Name: name}
			s.Add(a, b)
			write := s.Flush
			if commit {
				write = s.Commit
			}
			err := write(ctx)
			switch {
			case err == nil:
				t.Errorf("%s: no error", name)
			case name == "other":
				is(t, err, session.ErrKeyOrder)
			}
			ok(t, s.Rollback(ctx))
			equal(t, "rows", one[int](t, eng, "SELECT count(*) FROM token"), 0)
		}
	}
}

// Rows with keys of several columns are found by one condition that does not depend on their number: references, lists, rows that are
// read again or locked, columns that are loaded.
func TestCompositeKeysTogether(t *testing.T) {
	t.Parallel()
	eng, rec := open(t, keySchema, entryNumbers)
	s := begin(t, eng)
	const n = 30
	for i := range n {
		e := &Entry{Tenant: int64(i), Number: int64(i + 1), Name: "whole"}
		s.Add(e)
		for k := range 2 {
			e.Parts.Add(&Entry{Tenant: int64(i), Number: int64(1000 + k), Name: fmt.Sprint("part ", k, " of ", i)})
		}
	}
	ok(t, s.Commit(ctx))
	ok(t, s.Close(ctx))

	s = begin(t, eng)
	parts, err := query.Select(Entries).Filter(Entries.OfNumber.IsNotNull()).All(ctx, s)
	ok(t, err)
	rec.take()
	for _, p := range parts {
		whole, err := p.Of.Get(ctx)
		ok(t, err)
		equal(t, "tenant", whole.Tenant, p.Tenant)
	}
	sent(t, rec, "SELECT entry.tenant, entry.number, entry.name, entry.of_number FROM entry "+
		"WHERE (entry.tenant, entry.number) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))")
	wholes, err := query.Select(Entries).Filter(Entries.OfNumber.IsNull()).All(ctx, s)
	ok(t, err)
	rec.take()
	for _, w := range wholes {
		ps, err := w.Parts.All(ctx)
		ok(t, err)
		equal(t, "parts", len(ps), 2)
		for _, p := range ps {
			equal(t, "tenant", p.Tenant, w.Tenant)
		}
	}
	equal(t, "statements", len(rec.take()), 1)
	ok(t, s.Lock(ctx, anys(wholes)...))
	sent(t, rec, "SELECT entry.tenant, entry.number, entry.name, entry.of_number FROM entry "+
		"WHERE (entry.tenant, entry.number) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[])) ORDER BY entry.tenant, entry.number FOR UPDATE")
	ok(t, s.Refresh(ctx, anys(wholes)...))
	ok(t, session.Load(ctx, s, Entries, wholes, Entries.Name))
	if slices.ContainsFunc(wholes, func(e *Entry) bool { return e.Name != "whole" }) {
		t.Error("names are not as the rows have them")
	}
	ok(t, s.Commit(ctx))
}

func anys[T any](ts []*T) []any {
	all := make([]any, len(ts))
	for i, x := range ts {
		all[i] = x
	}
	return all
}
