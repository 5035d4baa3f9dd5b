package query_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// TestDerivedMistakes: what is wrong with a derived table is the error of the statement that has it, by name.
func TestDerivedMistakes(t *testing.T) {
	c, a := customer, account
	per := query.Sub("per", perCustomer)
	hides := model.Alias(a, "customer")
	mapped := query.Sub("mapped", query.Select2(c, a.No).Join(a))
	for _, x := range []struct {
		name string
		q    statement
		want error
		says string
	}{
		{"not selected", query.Select(query.Col(per, a.No)), query.ErrNoColumn, "per: not selected in the statement behind the derived table: account.no"},
		{"another count", query.Select(query.Col(per, expr.CountAll())), query.ErrNoColumn, "count(…)"},
		{"another label", query.Select(query.Col(per, expr.CountAll().As("m"))), query.ErrNoColumn, ": m"},
		{"no table", query.Select(query.Col(query.Derived[int64]{}, a.No)), expr.ErrUnmapped, ""},
		{"nil", query.Select(query.Col(nil, a.No)), expr.ErrUnmapped, ""},
		{"of nil", query.Select(query.Sub[int64]("x", nil)), nil, "type that nothing was selected for"},
		{"From of nil", query.Select(expr.CountAll()).From(query.Sub[int64]("x", nil)), ast.ErrNil, ""},
		{"without a name", query.Select(query.Col(query.Sub("", query.Select(a.No)), a.No)), expr.ErrIdentifier, "empty"},
		{"With without a name", query.Select(query.Col(query.With("", query.Select(a.No)), a.No)), expr.ErrIdentifier, "empty"},
		{"objects in a tuple", query.Select(mapped), nil, "mapped: the rows of a derived table are not objects; SubOf"},
		{"objects", query.Select(query.Sub("c", query.Select(c))), nil, "SubOf"},
		{"objects of too few columns", query.Select(query.SubOf("c", c, query.Raw[*Customer]("SELECT 1"))), nil, "a statement of 0 columns for objects of customer"},
		{"objects of an unmapped table", query.Select(query.SubOf("c", new(customers), query.Select(c))), expr.ErrUnmapped, ""},
		{"an empty query", query.Select(query.Col(query.Sub("e", query.From(c)), c.ID)), query.ErrNoColumn, ""},
		{"From run", query.From(c), nil, ""},
		{"a mistake within", query.Select(query.Col(query.Sub("x", query.Select(a.No).Limit(-1)), a.No)), nil, "must not be negative"},
		{"a cartesian product with it", query.Select2(c.ID, query.Col(per, n)), query.ErrCartesian, "customer and per"},
		{"no way to join it", query.Select2(worker.ID, query.Col(per, n)).Join(per), query.ErrNoJoin, "per"},
		{"WITH twice", query.Select2(query.Col(query.With("w", query.Select(a.No)), a.No), query.Col(query.With("w", query.Select(c.ID)), c.ID)).Filter(expr.Raw[expr.Bool]("w.no = w.id")), query.ErrName, "WITH w twice"},
		{"WITH of a table's name", query.Select(query.Col(query.With("customer", query.Select(a.No)), a.No)).Filter(expr.Exists(query.From(c))), query.ErrName, "WITH customer"},
		{"the name of a table around", query.Select(hides.CustID).Filter(expr.Exists(query.From(c).Filter(c.ID.EqExpr(hides.CustID)))), query.ErrName, "query: customer of a statement around"},
		{"the name of a table two statements around", query.Select(c.ID).Filter(expr.Exists(query.From(a).Filter(expr.Exists(query.From(hides).Filter(hides.CustID.EqExpr(c.ID), hides.No.LtExpr(a.No)))))), query.ErrName, "customer"},
		{"the name of a table around, selected whole", query.Select(c.ID).Filter(expr.Exists(query.Select2(c, hides.No).From(hides))), query.ErrName, "customer"},
		{"the name of a table around, as a row", query.Select(c.ID).Filter(expr.Exists(query.Select(expr.RowToJSON(c)).From(hides))), query.ErrName, "customer"},
		{"the name of a table around, in LATERAL", query.Select(c.ID).Join(query.Lateral("l", query.Select(hides.No).Filter(hides.CustID.EqExpr(c.ID)))), query.ErrName, "customer"},
		{"the name of a table that is changed", query.Update(c).Set(c.Name.To("x")).Filter(expr.Exists(query.From(hides).Filter(hides.CustID.EqExpr(c.ID)))), query.ErrName, "customer"},
		{"columns that Define did not make, joined", query.Select(c.ID).Join(query.Ordinality("o", c.ID, c.ID.Plus(1))), nil, "made by query.Define"},
		{"not selected two tables down", query.Select(query.Col(query.Sub("outer", query.Select(query.Col(per, a.CustID))), query.Col(per, a.No))), query.ErrNoColumn, "per: not selected in the statement behind the derived table: account.no"},
		{"IN of a set operation that selects something else", query.Select(c.ID).Filter(c.ID.InRows(a.CustID, query.Union(query.Select(a.No), query.Select(c.ID)))), nil, "only a SELECT has another list"},
		{"IN of nil", query.Select(c.ID).Filter(c.ID.InRows(a.CustID, nil)), ast.ErrNil, ""},
		{"EXISTS of nil", query.Select(c.ID).Filter(expr.Exists(nil)), ast.ErrNil, ""},
		{"ANY of nil", query.Select(c.ID).Filter(c.ID.EqExpr(expr.AnyOf(a.CustID, nil))), expr.ErrUnmapped, ""},
		{"set operation sorted by what is computed", query.Union(query.Select(c.ID), query.Select(a.No)).OrderBy(c.ID.Plus(1)), nil, "takes what its first query selects"},
		{"set operation of nil", query.Union(query.Select(c.ID), nil), ast.ErrNil, ""},
		{"set operation of different rows", query.Union(query.Select(c.ID), query.Raw[int64]("SELECT 1")), nil, "UNION of 1 columns and 0"},
		{"empty set operation", query.Compound[int64]{}.Limit(1), nil, ""},
		{"negative limit", query.Union(query.Select(c.ID), query.Select(c.ID)).Limit(-1), nil, "must not be negative"},
	} {
		_, _, err := x.q.SQL()
		if err == nil || x.want != nil && !errors.Is(err, x.want) || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: error is %v, want %v with %q", x.name, err, x.want, x.says)
		}
	}
}

// TestDerivedObjects: the rows of a derived table that are objects are those of the session.
func TestDerivedObjects(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	s := eng.Session()
	t.Cleanup(func() { _ = s.Close(ctx) })
	kept := &Customer{ID: 12, Name: "Pia"}
	s.Add(kept, &Customer{ID: 2, Name: "Bob"})
	got, err := query.Select(recent).Filter(recent.Name.Like("P%")).All(ctx, s) // which flushes what is pending
	ok(t, err)
	if len(got) != 1 || got[0] != kept {
		t.Errorf("SubOf gives %v", got)
	}
	got, err = query.Select(query.WithOf("w", customer, query.Select(customer))).Filter(expr.True()).All(ctx, s)
	ok(t, err)
	if len(got) != 2 {
		t.Errorf("WithOf gives %v", got)
	}
	kept.Name = "Paula"
	counted, err := query.Union(query.Select(customer.Name), query.Select(customer.Name)).Count(ctx, s)
	ok(t, err)
	names, err := query.UnionAll(query.Select(customer.Name), query.Select(customer.Name)).OrderBy(customer.Name.Desc()).All(ctx, s)
	ok(t, err)
	if counted != 2 || strings.Join(names, " ") != "Paula Paula Bob Bob" {
		t.Errorf("%d, %v", counted, names)
	}
	first, err := query.UnionAll(query.Select(customer.Name), query.Select(customer.Name)).OrderBy(customer.Name).First(ctx, s)
	ok(t, err)
	if first != "Bob" {
		t.Errorf("First gives %s", first)
	}
	if _, err = query.UnionAll(query.Select(customer.Name), query.Select(customer.Name)).One(ctx, s); !errors.Is(err, query.ErrManyRows) {
		t.Errorf("One: %v", err)
	}
}
