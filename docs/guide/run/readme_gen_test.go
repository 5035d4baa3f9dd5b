// Code generated from README.md by go test ./docs/guide/blocks -update. DO NOT EDIT.

package run_test

import (
	"context"
	"errors"
	"time"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
	"github.com/jackc/pgx/v5"
)

// readmeBlocks are those of README.md.
var readmeBlocks = []function{
	nil, // Cupel
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Queries
		var err error
		_ = err
		prog.begin()
		{
			q := query.Select2(c.LastName, c.Email).Filter(expr.Or(c.LastName.Like("Pl%"), c.Email.IsNull()))
			_ = q
			prog.keep(q, "SELECT customer.last_name, customer.email FROM customer WHERE customer.last_name LIKE $1 OR customer.email IS NULL")
			// SELECT customer.last_name, customer.email FROM customer
			// WHERE customer.last_name LIKE $1 OR customer.email IS NULL

			two := query.Select2(c.LastName, a.AcctName).Join(a) // ON comes from the foreign key
			_ = two
			prog.keep(two, "SELECT customer.last_name, account.acct_name FROM customer JOIN account ON customer.id = account.cust_id")
			// SELECT customer.last_name, account.acct_name FROM customer JOIN account ON customer.id = account.cust_id

			n := expr.Count(a.CustID).As("count")
			_ = n
			per := query.Select2(c.LastName, n).Join(a).GroupBy(c.ID).Having(n.Gt(1)).OrderBy(n.Desc())
			_ = per
			prog.keep(per, "")

			all, err := query.Select(c).OrderBy(c.LastName).All(ctx, s) // []*bank.Customer
			_ = all
			prog.ok(err)
			for row, err := range q.Iter(ctx, s) { // streams; of objects see NoTracking
				prog.ok(err)
				prog.prints("", row.V1, row.V2, err)
			}
			hex := expr.Func[expr.NullText]("to_hex", a.AcctNo) // a kind, with its operators; so are Cast, Case, Const, As
			_ = hex
			odd := query.Select(hex).Filter(hex.Like("f%"), a.AcctNo.InInts(15, 255))
			_ = odd
			prog.keep(odd, "")

			total, err := two.Count(ctx, s)
			_ = total
			prog.ok(err)
			gone, err := query.Delete(a).Filter(a.AcctNo.Between(2001, 2005)).Exec(ctx, s)
			_ = gone
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Queries
		var err error
		_ = err
		prog.begin()
		{
			mine := query.From(a).Filter(a.CustID.EqExpr(c.ID)) // the accounts of the customer around
			_ = mine
			q1 := query.Select2(c.LastName, expr.Scalar(expr.Max(a.AcctNo), mine)).Filter(expr.Exists(mine))
			_ = q1
			prog.keep(q1, "")
			q2 := query.Select(c).Filter(c.Accounts.Any(a.AcctNo.Gt(2000))) // EXISTS along a relationship; Join(c.Accounts) joins along it
			_ = q2
			prog.keep(q2, "")

			no := expr.Over(expr.RowNumber(), expr.Window{}.PartitionBy(a.CustID).OrderBy(a.AcctNo.Desc())).As("no")
			_ = no
			last := query.Sub("last", query.Select2(a.AcctName, no)) // With instead of Sub: WITH last AS (…)
			_ = last
			prog.keep(last, "")
			q3 := query.Select(query.Col(last, a.AcctName)).Filter(query.Col(last, no).Eq(1))
			_ = q3
			prog.keep(q3, "")

			type stat struct {
				Name     string
				Accounts int64
			}
			stats, err := query.SelectAs(func(r *stat) []query.Field {
				return []query.Field{query.Into(&r.Name, c.LastName), query.Into(&r.Accounts, c.Accounts.Count())}
			}).All(ctx, s) // []stat
			_ = stats
			prog.ok(err)

			upsert := query.Insert(a).Values(a.AcctNo.To(1), a.AcctName.To("x")).OnConflict(a.AcctNo).DoUpdate(a.AcctName.ToExcluded())
			_ = upsert
			prog.keep(upsert, "")
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Queries
		var err error
		_ = err
		prog.begin()
		{
			var byEmail = query.Prepare1(func(email expr.Text) query.Query[*bank.Customer] {
				return query.Select(c).Filter(c.Email.EqExpr(email))
			})
			_ = byEmail
			alice, err := byEmail.With("alice.d@timbuk2.do").One(ctx, s) // renders nothing
			_ = alice
			prog.ok(err)

			pages := query.Pages(query.Select(c).OrderBy(c.LastName, c.ID.Desc()), 20)
			_ = pages
			prog.keep(pages, "")
			page, err := pages.After(ctx, s, "") // page.Rows, and page.Next, text for the link to the next one
			_ = page
			prog.ok(err)
			var form struct{ Name, Mobile *string } // nil: not filled in
			_ = form
			found, err := query.Select(c).Filter(expr.Optional(form.Name, c.LastName.Eq), expr.Optional(form.Mobile, c.Mobile.Eq)).All(ctx, s)
			_ = found
			prog.ok(err)
			with, err := query.Select(c).Load(c.Accounts).All(ctx, eng) // the accounts too, by one statement more
			_ = with
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Mapping
		var err error
		_ = err
		prog.begin()
		{
			var Accounts = model.Map("account", func(t *accounts) model.Spec {
				return model.Spec{
					model.PrimaryKey(t.AcctNo),
					model.Size(50, t.AcctName),
					model.Default(t.AcctOpenDt, time.Now),
					model.Default(t.AcctUpdateDt, time.Now), model.OnUpdate(t.AcctUpdateDt, time.Now),
					model.ForeignKey(t.CustID, bank.Customers.ID), // both must hold the same Go type
				}
			})
			_ = Accounts
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Session
		var err error
		_ = err
		prog.begin()
		{
			s := eng.Session()
			_ = s
			defer s.Close(ctx)
			s.Add(&bank.Customer{FirstName: "Dummy", LastName: "Joker"})
			err := s.Commit(ctx) // one round trip, once the engine knows the statement; the key is on the object
			prog.ok(err)

			acct, err := query.Select(a).Filter(a.AcctNo.Eq(9999)).First(ctx, s)
			_ = acct
			prog.ok(err)
			acct.AcctName = "Dummy Crypto Account" // a plain field
			err = s.Commit(ctx)                    // UPDATE of that column and of acct_update_dt, nothing else
			prog.ok(err)
			owner, err := acct.Customer.Get(ctx) // lazy, with one statement for all objects of the same result
			_ = owner
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Session
		var err error
		_ = err
		_, err = query.ExecRaw(ctx, eng, "CREATE UNIQUE INDEX customer_email_key ON customer (email)")
		prog.ok(err)
		s.Add(&bank.Customer{FirstName: "Dummy", LastName: "Twin", Email: new("alice.d@timbuk2.do")})
		err = s.Commit(ctx)
		_ = err
		prog.begin()
		{
			var unique *session.UniqueError
			_ = unique
			if errors.As(err, &unique) {
				prog.prints("customer_email_key Customer(id not set)", unique.Constraint, unique.Object) // customer_email_key Customer(id not set)
				err = s.Rollback(ctx)
				prog.ok(err)
			}
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Session
		var err error
		_ = err
		prog.begin()
		{
			err = eng.InTx(ctx, session.TxOptions{Isolation: pgx.Serializable}, func(s *session.Session) error {
				acct, err := session.Get(ctx, s, a, 9999)
				_ = acct
				prog.ok(err)
				if err != nil {
					return err
				}
				acct.AcctName = "Renamed"
				return s.Nested(ctx, func() error { // a savepoint
					s.Add(&bank.Customer{FirstName: "Dummy", LastName: "Twin"})
					return nil
				})
			})
			prog.ok(err)
			prog.end()
		}
	},
}
