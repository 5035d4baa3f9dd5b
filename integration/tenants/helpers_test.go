package tenants_test

import (
	"errors"
	"testing"

	"github.com/cupel-go/cupel/query"
)

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func is(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error is %v, want %v", err, want)
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// one returns the one value of SQL text.
func one[T any](t testing.TB, r query.Runner, sql string, args ...any) T {
	t.Helper()
	v, err := query.Raw[T](sql, args...).One(ctx, r)
	ok(t, err)
	return v
}
