package session_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// Numbered has a generated key, Coded a given one and a column that the database fills in, Lettered a key that the database makes and
// that does not count up, so that its rows go one by one, Plain nothing of the kind.
type (
	Numbered struct {
		ID   int64
		Name string
	}
	Coded struct {
		Code string
		Name string
		At   time.Time
	}
	Lettered struct {
		Letter string
		Name   string
	}
	Plain struct {
		Code string
		Name string
	}
	numbereds struct {
		model.Table[Numbered]
		ID   expr.Int
		Name expr.Text
	}
	codeds struct {
		model.Table[Coded]
		Code, Name expr.Text
		At         expr.Time
	}
	lettereds struct {
		model.Table[Lettered]
		Letter, Name expr.Text
	}
	plains struct {
		model.Table[Plain]
		Code, Name expr.Text
	}
)

// TestKeptOutOfEveryInsert: a trigger keeps a row out of an INSERT of one row or many, with the COMMIT or before
// it: nothing is stored, and the error says so.
func TestKeptOutOfEveryInsert(t *testing.T) {
	t.Parallel()
	n := model.Map("numbered", func(t *numbereds) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	c := model.Map("coded", func(t *codeds) model.Spec {
		return model.Spec{model.PrimaryKey(t.Code), model.ServerDefault(t.At, "now()")}
	})
	l := model.Map("lettered", func(t *lettereds) model.Spec {
		return model.Spec{model.PrimaryKey(t.Letter), model.ServerDefault(t.Letter, "md5(random()::text)")}
	})
	p := model.Map("plain", func(t *plains) model.Spec { return model.Spec{model.PrimaryKey(t.Code)} })
	eng := gaugeEngine(t, n, c, l, p)
	elsewhere(t, eng, "CREATE FUNCTION keep_out() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF NEW.name = 'no' THEN RETURN NULL; END IF; RETURN NEW; END$$")
	for _, table := range []string{"numbered", "coded", "lettered", "plain"} {
		elsewhere(t, eng, "CREATE TRIGGER keep_out BEFORE INSERT ON "+table+" FOR EACH ROW EXECUTE FUNCTION keep_out()")
	}
	for _, names := range [][]string{{"no"}, {"a", "no"}, {"no", "a", "b"}, {"no", "no"}} {
		keptOut(t, eng, n, "numbered", names, func(i int, name string) *Numbered { return &Numbered{Name: name} })
		keptOut(t, eng, c, "coded", names, func(i int, name string) *Coded { return &Coded{Code: fmt.Sprint(i), Name: name} })
		keptOut(t, eng, p, "plain", names, func(i int, name string) *Plain { return &Plain{Code: fmt.Sprint(i), Name: name} })
		keptOut(t, eng, l, "lettered", names, func(i int, name string) *Lettered { return &Lettered{Name: name} })
	}
}

func keptOut[T any](t *testing.T, eng *session.Engine, table expr.Item[*T], name string, names []string, make func(i int, name string) *T) {
	t.Helper()
	for how, write := range map[string]func(s *session.Session, objs []*T) error{
		"Commit": func(s *session.Session, objs []*T) error {
			add(s, objs)
			return s.Commit(ctx)
		},
		"Flush": func(s *session.Session, objs []*T) error {
			add(s, objs)
			return errors.Join(s.Flush(ctx), s.Commit(ctx))
		},
		"BulkInsert": func(_ *session.Session, objs []*T) error { return session.BulkInsert(ctx, eng, table, objs...) },
	} {
		var objs []*T
		for i, name := range names {
			objs = append(objs, make(i, name))
		}
		s := begin(t, eng)
		err := write(s, objs)
		alone := len(names) == 1 && how != "Flush" // it went with the COMMIT, unguarded
		if err == nil || errors.Is(err, session.ErrCommitted) != alone || errors.Is(err, session.ErrKeyOrder) || !strings.Contains(err.Error(), "a trigger or rule kept") {
			t.Errorf("%s of %s %q: error is %v", how, name, names, err)
		}
		equal(t, fmt.Sprintf("%s of %s %q: rows", how, name, names), count(t, eng, name), 0)
		ok(t, s.Rollback(ctx))
		equal(t, "rows at the end", count(t, eng, name), 0)
	}
}

func add[T any](s *session.Session, objs []*T) {
	for _, o := range objs {
		s.Add(o)
	}
}
