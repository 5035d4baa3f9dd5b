package query_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/query"
)

func TestTuple(t *testing.T) {
	c, a := customer, account
	check(t, []golden{
		{
			"nested", query.Select(query.Tuple2(query.Tuple2(c.Name, a), query.Tuple3(a.No, c, c.ID))).Join(a),
			"SELECT customer.name, account.no, account.name, account.cust_id, account.no, customer.id, customer.name, customer.email, customer.vip, " +
				"customer.id \nFROM customer JOIN account ON customer.id = account.cust_id", nil,
		},
		{
			"in RETURNING", query.Returning2(query.Delete(a).Everywhere(), a.No, query.Tuple2(a.Name, a.CustID)),
			"DELETE FROM account RETURNING account.no, account.name, account.cust_id", nil,
		},
	})
	failing(t, []mistaken{
		{"nil", query.Select(query.Tuple2[int64, string](c.ID, nil)), ast.ErrNil, ""},
		{"zero", query.Select(query.Tuple[int]{}), nil, "empty"},
		{"zero in another", query.Select(query.Tuple2(c.ID, query.Tuple[int]{})), nil, "empty"},
	})
}

// TestTupleRows: every value gets to its place, however deep, and an object is the one that a session has.
func TestTupleRows(t *testing.T) {
	t.Parallel()
	ctx, eng := context.Background(), engine(t)
	s := eng.Session()
	defer s.Close(ctx)
	ann := &Customer{Name: "Ann", VIP: true}
	s.Add(ann)
	ok(t, s.Flush(ctx))
	s.Add(&Account{Name: "x", CustID: &ann.ID})
	ok(t, s.Flush(ctx))

	c, a := customer, account
	q := query.Select(query.Tuple2(query.Tuple2(c.VIP, a), query.Tuple3(a.No, c, query.Tuple2(a.Name, c.Email)))).Join(a)
	row, err := q.One(ctx, s)
	ok(t, err)
	if want := fmt.Sprintf("((true, &{No:1 Name:x CustID:%p}), (1, &{ID:1 Name:Ann Email:<nil> VIP:true}, ('x', NULL)))", row.V1.V2.CustID); row.String() != want {
		t.Errorf("got  %s\nwant %s", row, want)
	}
	if row.V2.V2 != ann {
		t.Error("the customer is another object than the session's")
	}
	raw, err := query.Raw[query.Row2[int64, query.Row3[string, query.Row2[bool, *int64], string]]]("SELECT 1::bigint, 'a', true, NULL::bigint, 'b'").One(ctx, s)
	ok(t, err)
	if got := raw.String(); got != "(1, ('a', (true, NULL), 'b'))" {
		t.Error(got)
	}
	changed, err := query.Returning2(query.Update(a).Set(a.Name.To("y")).Everywhere(), a, query.Tuple2(a.Name, a.No)).One(ctx, s)
	ok(t, err)
	if changed.V1 != row.V1.V2 || changed.V1.Name != "y" || changed.V2.String() != "('y', 1)" {
		t.Errorf("got %s", changed)
	}
}

// pair is a row of the program's own.
type pair struct {
	skipped  string
	One, Two string
}

// pairItem is an item that fills some fields of a pair.
type pairItem struct{ shape *ast.Shape }

func (p pairItem) CupelSlot() expr.Slot[pair] { return expr.Slot[pair]{Shape: p.shape} }

func pairOf(at func(p *pair) *string, x expr.Text) pairItem {
	s, p := ast.NewShape(1), new(pair)
	s.Value(mem.Offset(p, at(p)), reflect.TypeFor[string](), x.Node())
	return pairItem{s}
}

// TestStructRows: a row may be any struct, and one statement's rows may fill it in two ways.
func TestStructRows(t *testing.T) {
	t.Parallel()
	ctx, eng := context.Background(), engine(t)
	_, err := query.Insert(planet).Values(planet.Code.To("p")).Exec(ctx, eng)
	ok(t, err)
	one := pairOf(func(p *pair) *string { return &p.One }, planet.Code)
	two := pairOf(func(p *pair) *string { return &p.Two }, planet.Code)
	for range 2 {
		for item, want := range map[pairItem]pair{one: {"", "p", ""}, two: {"", "", "p"}} {
			rows, err := query.Select(item).All(ctx, eng)
			ok(t, err)
			if len(rows) != 1 || rows[0] != want {
				t.Errorf("got %v, want %v", rows, want)
			}
		}
		both, err := query.Select2(one, two).One(ctx, eng)
		ok(t, err)
		if both.V1.One != "p" || both.V2.Two != "p" || both.V1.Two+both.V2.One != "" {
			t.Errorf("got %v", both)
		}
	}
}
