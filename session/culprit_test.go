package session_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/session"
)

// TestOneOfMany: a key that one of many new objects violates is told with the object and the columns, without the values.
func TestOneOfMany(t *testing.T) {
	t.Parallel()
	eng := openFamily(t)
	s := begin(t, eng)
	s.Add(&Parent{Code: "secret (one), two"})
	ok(t, s.Commit(ctx))
	for _, c := range []struct {
		name, schema, object, column string
		codes                        []string
	}{
		{"stored already", "", "Parent(id not set), number 2 of 3", "code", []string{"a", "secret (one), two", "b"}},
		{"twice", "", "Parent(id not set), number 3 of 3", "code", []string{"secret", "a", "secret"}},
		{
			"an expression", "ALTER TABLE parent DROP CONSTRAINT uq_parent_code CASCADE; CREATE UNIQUE INDEX lower_code ON parent (lower(code))",
			"one of 3 objects of type Parent", "",
			[]string{"secret", "a", "SECRET"},
		},
	} {
		if c.schema != "" {
			elsewhere(t, eng, c.schema)
		}
		for _, code := range c.codes {
			s.Add(&Parent{Code: code})
		}
		err := s.Commit(ctx)
		var e *session.UniqueError
		if !errors.As(err, &e) || e.Object != c.object || e.Column != c.column || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v: %+v", c.name, err, e)
		}
		ok(t, s.Rollback(ctx))
	}
}

// TestForeignKeyOfOneOfMany: so is a foreign key that refers to nothing.
func TestForeignKeyOfOneOfMany(t *testing.T) {
	t.Parallel()
	eng := openFamily(t)
	s := begin(t, eng)
	p := &Parent{Code: "p"}
	s.Add(p)
	ok(t, s.Flush(ctx))
	for _, code := range []string{"p", "secret"} {
		s.Add(&Kid{Name: "k", ParentID: sql.NullInt64{Int64: p.ID, Valid: true}, ByCode: ptr(code), Amount: number(1, 0)})
	}
	var e *session.ForeignKeyError
	if err := s.Flush(ctx); !errors.As(err, &e) || e.Object != "Kid(id not set), number 2 of 2" || e.Column != "by_code" {
		t.Errorf("error is %v: %+v", err, e)
	}
}
