package uow_test

var backrefSiblings = group{
	"backref.none_then_other": same(func(r *run) {
		c1, c2 := r.customer(1), r.customer(2)
		a := all(&c1.Accounts)[0]
		a.Customer.Set(nil)
		a.Customer.Set(c2)
		r.commit()
		r.note("cust", a.CustID)
	}).but(keepsValues),

	"backref.remove_and_add_back": same(func(r *run) {
		c1 := r.customer(1)
		a := all(&c1.Accounts)[0]
		c1.Accounts.Remove(a)
		c1.Accounts.Add(a)
		r.mark("commit")
		r.commit()
		r.note("n", len(all(&c1.Accounts)))
	}).but(keepsValues),

	"backref.fk_set_null": same(func(r *run) {
		c := r.customer(1)
		a := all(&c.Accounts)[0]
		a.CustID = nil
		r.flush()
		r.commit()
		r.note("left", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues),

	"backref.fk_set_on_new": same(func(r *run) {
		c := r.customer(1)
		a := &Account{AcctNo: 5001, AcctName: "x", CustID: ptr[int64](1)}
		r.s.Add(a)
		r.commit()
		r.note("accounts", accountNumbers(all(&c.Accounts)))
		r.note("owner", one(&a.Customer).ID)
	}).but(keepsValues),

	"backref.m2m_remove_other_side": same(func(r *run) {
		s, c := r.student(1), r.course(2)
		all(&s.Courses)
		all(&c.Students)
		c.Students.Remove(s)
		r.note("courses", courseIDs(all(&s.Courses)))
		r.commit()
		r.note("after", courseIDs(all(&s.Courses)))
	}).but(keepsValues),

	"backref.m2m_both_sides_added": same(func(r *run) {
		s, c := r.student(2), r.course(3)
		all(&s.Courses)
		all(&c.Students)
		s.Courses.Add(c)
		c.Students.Add(s)
		r.commit()
		r.note("students", studentIDs(all(&c.Students)))
	}).but(keepsValues),

	"backref.one_to_one_set_none": same(func(r *run) {
		u := r.owner(1)
		one(&u.Profile)
		u.Profile.Set(nil)
		r.commit()
		r.note("profile", one(&u.Profile))
	}).but(keepsValues),

	"backref.one_to_one_other_side": same(func(r *run) {
		one(&r.owner(1).Profile)
		q := &Profile{Bio: ptr("new")}
		q.User.Set(r.owner(2))
		r.s.Add(q)
		r.commit()
		r.note("two", one(&r.owner(2).Profile).Bio)
	}),

	"backref.one_to_one_steal": same(func(r *run) {
		u1, u2 := r.owner(1), r.owner(2)
		p := one(&u1.Profile)
		one(&u2.Profile)
		u2.Profile.Set(p)
		r.note("u1", one(&u1.Profile) == nil)
		r.commit()
		r.note("owner", p.UserID)
	}).but(keepsValues, leavesAtOnce),

	"backref.new_child_scalar_existing_parent_loaded": same(func(r *run) {
		c := r.customer(2)
		all(&c.Accounts)
		a := &Account{AcctNo: 5001, AcctName: "x"}
		a.Customer.Set(c)
		r.s.Add(a)
		r.note("in list", accountNumbers(all(&c.Accounts)))
		r.commit()
		r.note("cust", a.CustID)
	}).but(keepsValues),
}
