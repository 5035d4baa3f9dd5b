package query_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// stat is a row of the program's own.
type stat struct {
	Name     string  `json:"name"`
	Email    *string `json:"email,omitempty"`
	Accounts int64   `json:"accounts"`
	Inner    inner   `json:"inner"`
	Whole    *Customer
	hidden   int
}

type inner struct {
	First, Last *int64
	Kind        string
}

func stats() query.Query[stat] {
	c, a := customer, account
	return query.SelectAs(func(r *stat) []query.Field {
		return []query.Field{
			query.Into(&r.Accounts, expr.Count(a.No)), query.Into(&r.Name, c.Name), query.Into(&r.Email, c.Email), query.Into(&r.Whole, c),
			query.Into(&r.Inner.First, expr.Min(a.No)), query.Into(&r.Inner.Last, expr.Max(a.No)), query.Leave(&r.Inner.Kind),
		}
	}).LeftJoin(a).GroupBy(c.ID).OrderBy(c.ID)
}

func TestSelectAs(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	s := eng.Session()
	t.Cleanup(func() { _ = s.Close(ctx) })
	id, mail := int64(1), "a@x"
	pia := &Customer{ID: 1, Name: "Pia", Email: &mail}
	s.Add(pia, &Customer{ID: 2, Name: "Bob"}, &Account{No: 7, Name: "x", CustID: &id}, &Account{No: 9, Name: "y", CustID: &id})
	rows, err := stats().All(ctx, s)
	ok(t, err)
	text, err := json.Marshal(rows)
	ok(t, err)
	const want = `[{"name":"Pia","email":"a@x","accounts":2,"inner":{"First":7,"Last":9,"Kind":""},"Whole":{"ID":1,"Name":"Pia","Email":"a@x","VIP":false}},` +
		`{"name":"Bob","accounts":0,"inner":{"First":null,"Last":null,"Kind":""},"Whole":{"ID":2,"Name":"Bob","Email":null,"VIP":false}}]`
	if string(text) != want || rows[0].Whole != pia || rows[0].hidden != 0 {
		t.Errorf("got  %s\nwant %s", text, want)
	}
	// the same text into other fields
	swapped := func(first, second func(r *inner) **int64) []inner {
		got, err := query.SelectAs(func(r *inner) []query.Field {
			return []query.Field{query.Into(first(r), account.No.OrNull()), query.Into(second(r), account.CustID), query.Leave(&r.Kind)}
		}).OrderBy(account.No).All(ctx, s)
		ok(t, err)
		return got
	}
	first, last := func(r *inner) **int64 { return &r.First }, func(r *inner) **int64 { return &r.Last }
	if a, b := swapped(first, last), swapped(last, first); *a[0].First != 7 || *a[0].Last != 1 || *b[0].First != 1 || *b[0].Last != 7 {
		t.Errorf("%v %v %v %v", *a[0].First, *a[0].Last, *b[0].First, *b[0].Last)
	}
	// a table of its rows
	per := query.Sub("per", query.SelectAs(func(r *inner) []query.Field {
		return []query.Field{query.Into(&r.First, account.CustID), query.Into(&r.Last, expr.Max(account.No)), query.Into(&r.Kind, expr.Val("k"))}
	}).GroupBy(account.CustID))
	whole, err := query.Select(per).One(ctx, s)
	ok(t, err)
	if *whole.First != 1 || *whole.Last != 9 || whole.Kind != "k" {
		t.Errorf("%+v", whole)
	}
}

func TestSelectAsMistakes(t *testing.T) {
	t.Parallel()
	var other string
	for _, x := range []struct {
		name, want string
		q          statement
	}{
		{"a field that is left", "nothing is selected for field Inner.Kind", query.SelectAs(func(r *struct{ Inner inner }) []query.Field {
			return []query.Field{query.Into(&r.Inner.First, account.CustID), query.Into(&r.Inner.Last, account.CustID)}
		})},
		{"all of a struct", "nothing is selected for field Inner", query.SelectAs(func(r *stat) []query.Field {
			return []query.Field{query.Into(&r.Name, customer.Name), query.Into(&r.Email, customer.Email), query.Into(&r.Accounts, customer.ID)}
		})},
		{"twice", "field Name is named twice", query.SelectAs(func(r *stat) []query.Field {
			return []query.Field{query.Into(&r.Name, customer.Name), query.Into(&r.Name, customer.Name)}
		})},
		{"elsewhere", "no field of the row", query.SelectAs(func(r *stat) []query.Field { return []query.Field{query.Into(&other, customer.Name)} })},
		{"no struct", "it is no struct", query.SelectAs(func(r *int64) []query.Field { return nil })},
		{"nothing", "nothing is selected for field Name", query.SelectAs(func(r *stat) []query.Field { return nil })},
	} {
		if _, _, err := x.q.SQL(); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: error is %v", x.name, err)
		}
	}
}

func TestRawAs(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	type base struct{ ID int64 }
	type row struct {
		base
		FullName string `db:"name"`
		Email    *string
		Skipped  []int `db:"-"`
	}
	got, err := query.RawAs[row]("SELECT NULL::text AS email, name, id FROM (VALUES (?::bigint, 'Pia')) AS t (id, name)", 3).All(ctx, eng)
	ok(t, err)
	if len(got) != 1 || got[0].ID != 3 || got[0].FullName != "Pia" || got[0].Email != nil {
		t.Errorf("%+v", got)
	}
	one, found, err := query.SqlizerAs[row](sq.Select("1::bigint AS id", "'x' AS name", "'e' AS email")).OneOrNone(ctx, eng)
	ok(t, err)
	if !found || one.FullName != "x" {
		t.Errorf("%+v", one)
	}
	if _, found, err = query.RawAs[row]("SELECT 1::bigint AS id, '' AS name, '' AS email WHERE false").OneOrNone(ctx, eng); found || err != nil {
		t.Errorf("%v %v", found, err)
	}
	for text, want := range map[string]string{
		"SELECT 1::bigint AS id, '' AS name":                              `field Email of query_test.row has no column email`,
		"SELECT 1::bigint AS id, '' AS name, '' AS email, 1 AS more":      "column more has no field",
		"SELECT 1::bigint AS id, '' AS name, '' AS email, '' AS name":     "two columns are called name",
		"SELECT 1::bigint AS id, NULL::text AS name, NULL::text AS email": "NULL where the Go type cannot hold it",
	} {
		if _, err := query.RawAs[row](text).All(ctx, eng); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v", text, err)
		}
	}
	if _, err := query.RawAs[int64]("SELECT 1").All(ctx, eng); err == nil || !strings.Contains(err.Error(), "it is no struct") {
		t.Errorf("%v", err)
	}
}

func TestOrNone(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	q := query.Select(customer.Name).Filter(customer.Name.Eq("nobody"))
	if name, found, err := q.OneOrNone(ctx, eng); name != "" || found || err != nil {
		t.Errorf("%q %v %v", name, found, err)
	}
	_, err := query.Insert(customer).Values(customer.ID.To(1), customer.Name.To("a"), customer.VIP.To(true)).Values(customer.ID.To(2), customer.Name.To("a"), customer.VIP.To(true)).Exec(ctx, eng)
	ok(t, err)
	if _, _, err := query.Select(customer).OneOrNone(ctx, eng); !errors.Is(err, query.ErrManyRows) {
		t.Errorf("%v", err)
	}
	if name, found, err := query.Select(customer.Name).OrderBy(customer.ID).FirstOrNone(ctx, eng); name != "a" || !found || err != nil {
		t.Errorf("%q %v %v", name, found, err)
	}
	wide := query.Select16(customer.ID, customer.ID, customer.ID, customer.ID, customer.ID, customer.ID, customer.ID, customer.ID,
		customer.ID, customer.ID, customer.ID, customer.ID, customer.ID, customer.ID, customer.ID, customer.Name)
	if r, err := wide.First(ctx, eng); err != nil || r.V16 != "a" {
		t.Errorf("%v %v", r, err)
	}
}
