package uow_test

var backref = group{
	"backref.append_sets_scalar": byDesign(
		"of objects that are in no session the other side follows when they come into one",
		func(r *run) {
			c, a := &Customer{FirstName: "X", LastName: "Y"}, &Account{AcctNo: 5001, AcctName: "a"}
			c.Accounts.Add(a)
			_, known := a.Customer.Peek()
			r.want("a.customer known", known, false)
			r.s.Add(c)
			now, _ := a.Customer.Peek()
			r.want("a.customer is c", now == c, true)
			r.want("cust_id before flush", a.CustID, nil)
			r.commit()
			r.want("cust_id after", *a.CustID == c.ID, true)
			r.sent("BEGIN", "INSERT customer", "INSERT account", "COMMIT")
			r.wantRows("account WHERE acct_no = 5001", "cust_id, acct_name", `{"cust_id":4,"acct_name":"a"}`)
		}),

	"backref.scalar_appends": byDesign(
		"of objects that are in no session the other side follows when they come into one",
		func(r *run) {
			c, a := &Customer{FirstName: "X", LastName: "Y"}, &Account{AcctNo: 5001, AcctName: "a"}
			a.Customer.Set(c)
			r.want("in collection", len(all(&c.Accounts)), 0)
			r.s.Add(a)
			r.want("in collection", accountNumbers(all(&c.Accounts)), []int64{5001})
			r.commit()
			r.sent("BEGIN", "INSERT customer", "INSERT account", "COMMIT")
			r.wantRows("account WHERE acct_no = 5001", "cust_id, acct_name", `{"cust_id":4,"acct_name":"a"}`)
		}),

	"backref.scalar_change_moves": same(func(r *run) {
		c1, c2 := r.customer(1), r.customer(2)
		all(&c1.Accounts)
		all(&c2.Accounts)
		a := r.account(1001)
		r.mark("set")
		a.Customer.Set(c2)
		r.note("c1", accountNumbers(all(&c1.Accounts)))
		r.note("c2", accountNumbers(all(&c2.Accounts)))
		r.commit()
	}),

	"backref.scalar_none_removes": same(func(r *run) {
		c1 := r.customer(1)
		all(&c1.Accounts)
		a := r.account(1001)
		a.Customer.Set(nil)
		r.note("c1", accountNumbers(all(&c1.Accounts)))
		r.commit()
	}),

	"backref.fk_set_directly": byDesign(
		"a foreign key that is set by hand is followed from the flush on, by the reference and by both lists, and not only after the commit",
		func(r *run) {
			c1, c2 := r.customer(1), r.customer(2)
			a := r.account(1001)
			r.want("customer", one(&a.Customer).ID, 1)
			all(&c1.Accounts)
			a.CustID = ptr[int64](2)
			r.want("customer before flush", one(&a.Customer).ID, 1)
			r.flush()
			r.want("customer after flush", one(&a.Customer).ID, 2)
			r.want("c1 accounts", len(all(&c1.Accounts)), 1)
			r.want("c2 accounts", len(all(&c2.Accounts)), 2)
			r.commit()
			r.want("customer after commit", one(&a.Customer).ID, 2)
			r.want("c1 accounts after commit", len(all(&c1.Accounts)), 1)
		}),

	"backref.fk_and_relationship_conflict": same(func(r *run) {
		a := r.account(1001)
		a.CustID = ptr[int64](3)
		a.Customer.Set(r.customer(2))
		r.commit()
		r.note("cust_id", a.CustID)
	}).but(keepsValues, flushesWhatIsAsked, fewerTimes),

	"backref.m2m_both_sides": same(func(r *run) {
		s, c := r.student(2), r.course(3)
		all(&c.Students)
		s.Courses.Add(c)
		r.note("other side", each(all(&c.Students), func(s *Student) int64 { return s.ID }))
		r.commit()
	}).but(addDoesNotLoad),

	"backref.one_to_one_replace": same(func(r *run) {
		u := r.owner(1)
		u.Profile.Set(&Profile{Bio: ptr("new")})
		r.commit()
		r.note("bio", one(&u.Profile).Bio)
	}).but(keepsValues),

	"backref.one_to_one_multiple_rows": same(func(r *run) {
		r.otherSQL("insert into profile (id, bio, user_id) values (2, 'second', 1)")
		p, err := r.owner(1).Profile.Get(ctx)
		r.errOf("profile", p != nil, err)
	}).but(severalAreAnError),
}
