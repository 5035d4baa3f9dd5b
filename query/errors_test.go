package query_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// unreached is a Runner that must not be reached.
type unreached struct{ t *testing.T }

// CupelSchema returns none.
func (unreached) CupelSchema() string { return "" }

func (u unreached) CupelRun(context.Context, *run.Request) error {
	u.t.Error("a statement with a mistake was sent")
	return nil
}

// mistaken is a statement with a mistake.
type mistaken struct {
	name string
	x    statement
	is   error
	want string // part of the error
}

func TestErrors(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	q := query.Select2(c.Name, a.Name)
	var zero customers
	failing(t, []mistaken{
		{"several foreign keys", query.Select(transfer.ID).Join(a), query.ErrAmbiguousJoin, "account"},
		{"several foreign keys, downwards", query.Select(a.Name).Join(transfer), query.ErrAmbiguousJoin, "transfer"},
		{"several tables", query.Select2(c.ID, rich.ID).Join(a), query.ErrAmbiguousJoin, "customer.id = account.cust_id or ON rich.id = account.cust_id"},
		{"the same table twice", query.Select(c.Name).Join(a).Join(a), query.ErrAmbiguousJoin, "account"},
		{"itself", query.Select(c.Name).Join(c), query.ErrAmbiguousJoin, "customer"},
		{"no foreign key", query.Select(c.Name).Join(planet), query.ErrNoJoin, "planet"},
		{"no foreign key, left", query.Select(c.Name).LeftJoin(planet), query.ErrNoJoin, "planet"},
		{"nothing to join to", query.Select(expr.Val(1)).Join(c), query.ErrNoJoin, "customer"},
		{
			"a condition on a table that is not there", query.Select(c.Name).Join(a, c.ID.EqExpr(a.CustID), a.Name.EqExpr(planet.Code)),
			query.ErrNoJoin, "planet",
		},
		{
			"a condition on two that nothing connects",
			query.Select2(c.Name, planet.Code).Join(a, a.Name.EqExpr(planet.Code), a.CustID.EqExpr(c.ID)), query.ErrAmbiguousJoin, "account",
		},
		{"cartesian", q, query.ErrCartesian, "customer and account"},
		{"cartesian by a filter", query.Select(c.Name).Filter(a.No.Eq(1)), query.ErrCartesian, "customer and account"},
		{"cartesian by an order", query.Select(c.Name).OrderBy(a.No), query.ErrCartesian, "customer and account"},
		{"cartesian by From", query.Select(c.Name).From(a), query.ErrCartesian, "account and customer"},
		{"cartesian by an alias", query.Select2(c.Name, rich.Name), query.ErrCartesian, "customer and rich"},
		{"cartesian by a third", q.Filter(c.ID.EqExpr(a.CustID), planet.Code.Eq("a")), query.ErrCartesian, "planet"},
		{"negative Limit", q.Limit(-1), nil, "Limit of -1"},
		{"negative Limit, then another", q.Limit(-1).Limit(1), nil, "Limit of -1"},
		{"negative Offset", q.Offset(-1), nil, "Offset of -1"},
		{"a zero query", query.Query[int]{}, nil, "empty"},
		{"a zero column", query.Select(zero.Name), expr.ErrUnmapped, ""},
		{"a zero entity", query.Select(zero), expr.ErrUnmapped, ""},
		{"a zero column in Filter", query.Select(c.Name).Filter(zero.ID.Eq(1)), expr.ErrUnmapped, ""},
		{"a zero column in OrderBy", query.Select(c.Name).OrderBy(zero.ID.Desc()), expr.ErrUnmapped, ""},
		{"a zero column in GroupBy", query.Select(c.Name).GroupBy(zero.ID), expr.ErrUnmapped, ""},
		{"a zero table in Join", query.Select(c.Name).Join(zero), expr.ErrUnmapped, ""},
		{"a zero table in From", query.Select(c.Name).From(zero), expr.ErrUnmapped, ""},
		{"an alias of a zero table", query.Select(model.Alias(&zero, "z").ID), expr.ErrUnmapped, ""},
		{"a bad label", query.Select(c.Name.As("")), expr.ErrIdentifier, ""},
		{"a label with NUL", query.Select(c.Name.As("a\x00")), expr.ErrIdentifier, ""},
		{"a bad alias", query.Select(model.Alias(c, "a\x00").Name), expr.ErrIdentifier, ""},
	})
}

func TestBulkErrors(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	var zero customers
	failing(t, []mistaken{
		{"Update without Filter", query.Update(c).Set(c.Name.To("a")), query.ErrUnfiltered, "customer"},
		{"Update with an empty Filter", query.Update(c).Set(c.Name.To("a")).Filter(), query.ErrUnfiltered, ""},
		{"Update without Set", query.Update(c).Everywhere(), nil, "sets no column"},
		{"Update of another's column", query.Update(c).Set(a.Name.To("a")).Everywhere(), nil, "account.name in an Update of customer"},
		{"Update of an alias's column", query.Update(c).Set(rich.Name.To("a")).Everywhere(), nil, "rich.name"},
		{"Update of an expression", query.Update(c).Set(c.ID.Plus(1).To(1)).Everywhere(), nil, "columns, not expressions"},
		{"Update of a zero table", query.Update(zero).Everywhere(), expr.ErrUnmapped, ""},
		{"Update to a zero column", query.Update(c).Set(c.ID.ToExpr(zero.ID)).Everywhere(), expr.ErrUnmapped, ""},
		{"a zero Update", query.UpdateStatement{}, nil, "empty"},
		{"Delete without Filter", query.Delete(c), query.ErrUnfiltered, "customer"},
		{"Delete of a zero table", query.Delete(zero).Everywhere(), expr.ErrUnmapped, ""},
		{"a zero Delete", query.DeleteStatement{}, nil, "empty"},
	})
}

// failing checks that each statement fails as it must, and says so when it is printed.
func failing(t *testing.T, cases []mistaken) {
	t.Helper()
	for _, g := range cases {
		text, values, err := g.x.SQL()
		if err == nil || g.is != nil && !errors.Is(err, g.is) || !strings.Contains(err.Error(), g.want) {
			t.Errorf("%s: error is %v, text is %s", g.name, err, text)
			continue
		}
		if text != "" || values != nil {
			t.Errorf("%s: gives %q and %v beside its error", g.name, text, values)
		}
		if want := "!(" + err.Error() + ")"; g.x.String() != want || g.x.Inline() != want {
			t.Errorf("%s: String gives %s, Inline gives %s, want %s", g.name, g.x, g.x.Inline(), want)
		}
	}
}

// A mistake is found before anything is sent, whatever runs the statement.
func TestErrorsBeforeSending(t *testing.T) {
	t.Parallel()
	ctx, r := context.Background(), unreached{t}
	bad := query.Select(customer.Name).Filter(account.No.Eq(1))
	_, all := bad.All(ctx, r)
	_, first := bad.First(ctx, r)
	_, one := bad.One(ctx, r)
	_, count := bad.Count(ctx, r)
	_, exists := bad.Exists(ctx, r)
	for i, err := range []error{all, first, one, count, exists} {
		if !errors.Is(err, query.ErrCartesian) {
			t.Errorf("run %d: error is %v", i, err)
		}
	}
	n := 0
	for _, err := range bad.Iter(ctx, r) {
		n++
		if !errors.Is(err, query.ErrCartesian) {
			t.Errorf("Iter: error is %v", err)
		}
	}
	if n != 1 {
		t.Errorf("Iter gives %d pairs, want 1", n)
	}
	if _, err := query.Delete(customer).Exec(ctx, r); !errors.Is(err, query.ErrUnfiltered) {
		t.Errorf("Delete: error is %v", err)
	}
	if _, err := query.Update(customer).Set(customer.Name.To("a")).Exec(ctx, r); !errors.Is(err, query.ErrUnfiltered) {
		t.Errorf("Update: error is %v", err)
	}
}
