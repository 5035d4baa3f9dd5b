package uow_test

import (
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// withAccounts returns pairs of a customer's key and the accounts' numbers.
func withAccounts(cs []*Customer) []any {
	return each(cs, func(c *Customer) any { return []any{c.ID, accountNumbers(all(&c.Accounts))} })
}

var eagerLoading = group{
	"eager_loading.joinedload_many_to_one": same(func(r *run) {
		as := val(query.Select(r.Accounts).Load(r.Accounts.Customer).OrderBy(r.Accounts.AcctNo).All(ctx, r.s))
		r.mark("access")
		r.note("pairs", each(as, func(a *Account) any { return []any{a.AcctNo, one(&a.Customer).ID} }))
	}).but(loadsApart),

	"eager_loading.joinedload_first": same(func(r *run) {
		c := val(query.Select(r.C).Load(r.C.Accounts).OrderBy(r.C.ID).First(ctx, r.s))
		r.note("n", len(all(&c.Accounts)))
	}).but(loadsApart),

	"eager_loading.selectinload": same(func(r *run) {
		cs := val(query.Select(r.C).Load(r.C.Accounts).OrderBy(r.C.ID).All(ctx, r.s))
		r.mark("access")
		r.note("pairs", withAccounts(cs))
	}),

	"eager_loading.selectinload_empty": same(func(r *run) {
		r.note("n", len(val(query.Select(r.C).Load(r.C.Accounts).Filter(r.C.ID.Eq(99)).All(ctx, r.s))))
	}),

	"eager_loading.selectinload_limit": same(func(r *run) {
		cs := val(query.Select(r.C).Load(r.C.Accounts).OrderBy(r.C.ID).Limit(2).All(ctx, r.s))
		r.note("pairs", each(cs, func(c *Customer) any { return []any{c.ID, len(all(&c.Accounts))} }))
	}),

	"eager_loading.selectinload_chain": same(func(r *run) {
		rs := val(query.Select(r.Regions).Load(r.Regions.Shops.Load(r.Shops.Tills)).All(ctx, r.s))
		r.note("tree", each(rs, func(x *Region) any {
			return each(all(&x.Shops), func(s *Shop) any {
				return []any{s.ID, each(all(&s.Tills), func(t *Till) any { return t.ID })}
			})
		}))
	}),

	"eager_loading.selectinload_composite": same(func(r *run) {
		os := val(query.Select(r.Orders).Load(r.Orders.Lines).All(ctx, r.s))
		r.note("n", each(os, func(o *Order) any { return len(all(&o.Lines)) }))
	}),

	"eager_loading.selectinload_500": same(func(r *run) {
		r.otherSQL("insert into region (id, name) select g, 'r' from generate_series(2, 501) g")
		r.note("n", len(val(query.Select(r.Regions).Load(r.Regions.Shops).OrderBy(r.Regions.ID).All(ctx, r.s))))
	}).but(keysInAnArray),

	"eager_loading.subqueryload": same(func(r *run) {
		cs := val(query.Select(r.C).Load(r.C.Accounts).Filter(r.C.ID.Lt(3)).OrderBy(r.C.ID).All(ctx, r.s))
		r.note("pairs", withAccounts(cs))
	}).but(asksByItsKeys),

	"eager_loading.joinedload_m2m": same(func(r *run) {
		ss := val(query.Select(r.Students).Load(r.Students.Courses).OrderBy(r.Students.ID).All(ctx, r.s))
		r.note("pairs", each(ss, func(s *Student) any {
			return []any{s.ID, each(all(&s.Courses), func(c *Course) any { return c.ID })}
		}))
	}).but(loadsApart),
	"eager_loading.joinedload_two_collections": same(func(r *run) {
		cs := val(query.Select(r.Courses).Load(r.Courses.Students.Load(r.Students.Courses)).OrderBy(r.Courses.ID).All(ctx, r.s))
		r.note("n", len(cs))
	}).but(loadsApart),

	"eager_loading.joinedload_self_referential": same(func(r *run) {
		ns := val(query.Select(r.Nodes).Load(r.Nodes.Children).Filter(r.Nodes.ID.Eq(1)).All(ctx, r.s))
		ids := func(ns []*Node) any { return each(ns, func(n *Node) any { return n.ID }) }
		r.mark("children")
		kids := all(&ns[0].Children)
		r.note("children", ids(kids))
		r.mark("grandchildren")
		r.note("grand", ids(all(&kids[0].Children)))
	}).but(loadsApart),

	"eager_loading.immediateload": same(func(r *run) {
		cs := val(query.Select(r.C).Load(r.C.Accounts).OrderBy(r.C.ID).All(ctx, r.s))
		r.mark("access")
		r.note("n", each(cs, func(c *Customer) any { return len(all(&c.Accounts)) }))
	}).but(cohortLoads),

	"eager_loading.load_only_deferred_access": same(func(r *run) {
		c := val(query.Select(r.C).Only(r.C.Email).Filter(r.C.ID.Eq(1)).One(ctx, r.s))
		r.note("loaded", nonZero(c))
		r.mark("access")
		r.check(session.Load(ctx, r.s, r.C, []*Customer{c}, r.C.FirstName))
		r.note("first_name", c.FirstName)
		r.note("loaded after", nonZero(c))
	}).but(saysGet),

	"eager_loading.get_with_options": same(func(r *run) {
		c := r.customer(1)
		r.check(session.LoadRelations(ctx, r.s, []*Customer{c}, r.C.Accounts))
		r.mark("access")
		r.note("n", len(all(&c.Accounts)))
	}).but(loadsApart),

	"eager_loading.expired_then_joinedload": same(func(r *run) {
		c := val(query.Select(r.C).Load(r.C.Accounts).Filter(r.C.ID.Eq(1)).One(ctx, r.s))
		r.commit()
		r.mark("attribute")
		r.note("email", c.Email)
		r.mark("collection")
		r.note("n", len(all(&c.Accounts)))
	}).but(loadsApart, keepsValues),
}

// nonZero tells the columns of a customer that are not zero.
func nonZero(c *Customer) (names []string) {
	for _, x := range []struct {
		name string
		has  bool
	}{
		{"email", c.Email != nil}, {"first_name", c.FirstName != ""}, {"id", c.ID != 0}, {"last_name", c.LastName != ""}, {"mobile", c.Mobile != nil},
	} {
		if x.has {
			names = append(names, x.name)
		}
	}
	return names
}
