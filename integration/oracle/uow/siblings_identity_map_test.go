package uow_test

import (
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var identityMapSiblings = group{
	"identity_map.rows_twice_in_join": same(func(r *run) {
		rows := val(query.Select2(r.C, r.Accounts).Join(r.Accounts).OrderBy(r.Accounts.AcctNo).All(ctx, r.s))
		r.note("same", rows[0].V1 == rows[3].V1)
		r.note("n", r.s.Len())
	}),

	"identity_map.outer_join_none": same(func(r *run) {
		r.otherSQL("insert into customer (id, first_name, last_name) values (9, 'No', 'Accounts')")
		rows := val(query.Select2(r.C, r.Accounts).LeftJoin(r.Accounts).Filter(r.C.ID.Eq(9)).All(ctx, r.s))
		r.note("none", rows[0].V2)
	}),

	"identity_map.deleted_by_other_then_query": same(func(r *run) {
		u := r.user(1)
		r.otherSQL("delete from users where id = 1")
		r.note("q", orNone(query.Select(r.Users).Filter(r.Users.ID.Eq(1)).One(ctx, r.s)))
		r.note("get", r.user(1) == u)
		r.commit()
		r.note("get after", orNone(session.Get(ctx, r.s, r.Users, 1)))
	}).but(keepsValues),

	"identity_map.insert_same_key_after_delete_commit": same(func(r *run) {
		r.s.Delete(r.user(1))
		r.commit()
		v := &User{ID: 1, Name: "new", Age: ptr[int32](1)}
		r.s.Add(v)
		r.commit()
		r.note("same", r.user(1) == v)
	}),
}
