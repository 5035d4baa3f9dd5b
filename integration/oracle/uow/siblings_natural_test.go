package uow_test

import (
	"fmt"
	"strings"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var naturalSiblings = group{
	"natural.key_changed": same(func(r *run) {
		r.country("DE").Code = "D2"
		r.commit()
		r.note("city", r.city(1).Code)
	}),

	"natural.key_changed_children_loaded": same(func(r *run) {
		c := r.country("DE")
		ct := all(&c.Cities)[0]
		c.Code = "D2"
		r.flush()
		r.note("city", ct.Code)
		r.commit()
		r.note("cities", cityIDs(all(&c.Cities)))
	}).but(keepsValues),

	"natural.key_changed_get_new": same(func(r *run) {
		c := r.country("DE")
		c.Code = "D2"
		r.flush()
		r.note("same", r.country("D2") == c)
		r.note("old", orNone(session.Get(ctx, r.s, r.Countries, "DE")))
		r.commit()
	}),

	"natural.key_changed_rollback": same(func(r *run) {
		c := r.country("DE")
		c.Code = "D2"
		r.flush()
		r.rollback()
		again := r.country("DE")
		r.note("code", c.Code)
		r.note("same", again == c)
	}).but(saysGet),

	"natural.key_changed_and_new_child": same(func(r *run) {
		c := r.country("DE")
		all(&c.Cities)
		c.Code = "D2"
		c.Cities.Add(&City{Name: ptr("Bonn")})
		r.commit()
		r.note("codes", each(all(&c.Cities), func(c *City) *string { return c.Code }))
	}).but(keepsValues),

	"natural.key_taken_over": same(func(r *run) {
		r.country("DE")
		r.s.Add(&Country{Code: "DE", Name: ptr("again")})
		r.commitFails()
	}),

	"natural.key_changed_old_reused": same(func(r *run) {
		c := r.country("DE")
		c.Code = "D2"
		r.flush()
		r.s.Add(&Country{Code: "DE", Name: ptr("again")})
		r.commit()
		r.note("all", each(val(query.Select(r.Countries).OrderBy(r.Countries.Code).All(ctx, r.s)), func(c *Country) any { return []any{c.Code, c.Name} }))
	}),

	"natural.new_with_children": same(func(r *run) {
		c := &Country{Code: "FR", Name: ptr("France")}
		c.Cities.Add(&City{Name: ptr("Paris")}, &City{Name: ptr("Lyon")})
		r.s.Add(c)
		r.commit()
		r.note("n", val(query.Select(r.Cities).Filter(r.Cities.Code.Eq("FR")).Count(ctx, r.s)))
	}),

	"natural.delete_parent": same(func(r *run) {
		r.s.Delete(r.country("DE"))
		r.commit()
	}),

	"natural.swap_keys": byDesign(
		"two rows that exchange unique values are refused before anything is sent: no order of UPDATEs is possible",
		func(r *run) {
			a := r.country("DE")
			b := &Country{Code: "FR", Name: ptr("France")}
			r.s.Add(b)
			r.flush()
			a.Code, b.Code = "FR", "DE"
			err := r.s.Commit(ctx)
			r.wantErr("commit", err, session.ErrUniqueCircle)
			r.want("way out", strings.HasSuffix(fmt.Sprint(err), "by way of a key that no row has"), true)
			r.rollback()
			r.want("code", a.Code, "DE")
			r.sent("SELECT country", "BEGIN", "INSERT country", "ROLLBACK")
			r.wantRows("country", "code", `{"code":"DE"}`)
		}),

	"natural.null_key": python("the key is a Go string, which is never NULL: the program that gives none stores an empty one"),
}
