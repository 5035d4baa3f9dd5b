// Code generated from gorm.md by go test ./docs/guide/blocks -update. DO NOT EDIT.

package run_test

import (
	"context"
	"time"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// gormBlocks are those of gorm.md.
var gormBlocks = []function{
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Two ways to work
		var err error
		_ = err
		prog.begin()
		{
			customers, err := query.Select(c).Filter(c.LastName.Like("D%")).All(ctx, eng)
			_ = customers
			prog.ok(err)
			err = session.BulkInsert(ctx, eng, c, &bank.Customer{FirstName: "Dummy", LastName: "Joker"})
			prog.ok(err)
			n, err := query.Update(c).Set(c.Email.ToNull()).Filter(c.ID.Eq(1)).Exec(ctx, eng)
			_ = n
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Two ways to work
		var err error
		_ = err
		prog.begin()
		{
			s := eng.Session()
			_ = s
			defer s.Close(ctx)
			s.Add(&bank.Customer{FirstName: "Dummy", LastName: "Joker"})
			acct, err := session.Get(ctx, s, a, 9999)
			_ = acct
			prog.ok(err)
			if err != nil {
				return
			}
			acct.AcctName = "Crypto"
			err = s.Commit(ctx) // an INSERT and an UPDATE of one column, and of acct_update_dt, which has OnUpdate
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Models
		var err error
		_ = err
		prog.begin()
		{
			type Book struct {
				ID                   int64
				Title                string
				ISBN                 *string
				Price                string
				InStock              *bool
				CreatedAt, UpdatedAt time.Time
			}
			type books struct {
				model.Table[Book]
				ID                   expr.Int
				Title                expr.Text
				ISBN                 expr.NullText
				Price                expr.Decimal
				InStock              expr.Bool // NOT NULL: nil is "not set", which gets the default
				CreatedAt, UpdatedAt expr.Time
			}
			Books := model.Map("book", func(t *books) model.Spec {
				return model.Spec{
					model.PrimaryKey(t.ID),
					model.Size(100, t.Title), model.Index(t.Title),
					model.Unique(t.ISBN),
					model.Type("numeric(10, 2)", t.Price),
					model.ServerDefault(t.InStock, "true"),
					model.Default(t.CreatedAt, time.Now), // no name has a meaning of its own
					model.Default(t.UpdatedAt, time.Now), model.OnUpdate(t.UpdatedAt, time.Now),
				}
			})
			_ = Books
			Schema := model.MustSchema(Books) // all mistakes of all mappings at once
			_ = Schema
			prog.end(Books)
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Relationships
		var err error
		_ = err
		prog.begin()
		{
			type Employee struct {
				ID      int64
				BossID  *int64
				Boss    model.One[Employee]
				Reports model.Many[Employee]
			}
			type employees struct {
				model.Table[Employee]
				ID      expr.Int
				BossID  expr.NullInt
				Boss    model.ToOne[Employee, Employee]
				Reports model.ToMany[Employee, Employee]
			}
			Employees := model.Map("employee", func(t *employees) model.Spec {
				return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.BossID, t.ID), model.OrderBy(t.Reports, t.ID)}
			})
			_ = Employees
			prog.end(Employees)
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Relationships
		var err error
		_ = err
		prog.begin()
		{
			cust, err := session.Get(ctx, s, c, 1)
			_ = cust
			prog.ok(err)
			if err != nil {
				return
			}
			acct, x := &bank.Account{AcctNo: 7001, AcctName: "Cash"}, &bank.Account{AcctNo: 7002, AcctName: "Gold"}
			_, _ = acct, x
			prog.mark()
			cust.Accounts.Add(acct) // loads nothing
			prog.sends()
			cust.Accounts.Remove(acct)          // its foreign key becomes NULL; with model.DeleteOrphans it is deleted
			err = cust.Accounts.Replace(ctx, x) // what else the list has is removed
			prog.ok(err)
			n, err := query.Select(a).Filter(a.Customer.Is(cust)).Count(ctx, s)
			_ = n
			prog.ok(err)
			list, err := cust.Accounts.All(ctx) // []*bank.Account
			_ = list
			prog.ok(err)
			owner, err := x.Customer.Get(ctx) // cust
			_ = owner
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Create
		var err error
		_ = err
		prog.begin()
		{
			one, two := &bank.Customer{FirstName: "A", LastName: "B"}, &bank.Customer{FirstName: "C", LastName: "D"}
			_, _ = one, two
			s.Add(one, two)
			err = s.Commit(ctx) // one INSERT for both, whatever their number; their keys are in the objects
			prog.ok(err)

			err = session.BulkInsert(ctx, eng, c, &bank.Customer{FirstName: "E", LastName: "F"}) // without a session
			prog.ok(err)

			accts := []*bank.Account{{AcctNo: 1, AcctName: "x"}, {AcctNo: 2, AcctName: "y"}}
			_ = accts
			isNew, err := session.Upsert(ctx, eng, a, accts, session.Conflict{}) // by the primary key; Conflict{On: …} names other unique columns
			_ = isNew
			prog.ok(err)
			n, err := query.InsertObjects(a, accts...).OnConflict().DoNothing().Exec(ctx, eng)
			_ = n
			prog.ok(err)
			n, err = query.Insert(a).Values(a.AcctNo.To(1), a.AcctName.To("z")).
				OnConflict(a.AcctNo).DoUpdate(a.AcctName.ToExcluded()).Exec(ctx, eng)
			_ = n
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Read
		var err error
		_ = err
		prog.begin()
		{
			cust, err := session.Get(ctx, s, c, 10) // query.ErrNoRows where there is none; session.GetOrNone has ok
			_ = cust
			prog.ok(err)
			cust, err = query.Select(c).Filter(c.LastName.Eq("x")).First(ctx, s)
			_ = cust
			prog.ok(err)
			some, err := query.Select(c).Filter(c.LastName.In("x", "y")).All(ctx, s) // In of nothing is FALSE
			_ = some
			prog.ok(err)
			some, err = query.Select(c).Filter(c.LastName.Like("D%"), c.ID.Gt(18)).OrderBy(c.ID.Desc()).Limit(10).All(ctx, s)
			_ = some
			prog.ok(err)
			some, err = query.Select(c).Filter(expr.Or(c.ID.Eq(1), c.Email.IsNull())).All(ctx, s)
			_ = some
			prog.ok(err)
			rows, err := query.Select2(c.LastName, c.Email).All(ctx, s) // rows with V1 string, V2 *string
			_ = rows
			prog.ok(err)
			names, err := query.Select(c.LastName).All(ctx, s) // []string
			_ = names
			prog.ok(err)
			n, err := query.Select(c).Filter(c.ID.Gt(18)).Count(ctx, s)
			_ = n
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Read
		var err error
		_ = err
		prog.begin()
		{
			var form struct{ Name, Mobile *string } // nil: not filled in
			_ = form
			found, err := query.Select(c).Filter(expr.Optional(form.Name, c.LastName.Eq), expr.Optional(form.Mobile, c.Mobile.Eq)).All(ctx, s)
			_ = found
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Update
		var err error
		_ = err
		prog.begin()
		{
			acct, err := session.Get(ctx, s, a, 1001)
			_ = acct
			prog.ok(err)
			if err != nil {
				return
			}
			acct.AcctName, acct.CustID = "", nil // stored, both
			err = s.Commit(ctx)                  // only the columns that changed; none: no statement
			prog.ok(err)

			n, err := query.Update(a).Set(a.AcctName.To("x")).Filter(a.AcctNo.Eq(1001)).Exec(ctx, eng)
			_ = n
			prog.ok(err)
			n, err = query.Update(a).Set(a.AcctName.ToExpr(expr.Upper(a.AcctName))).Filter(a.CustID.Eq(1)).Exec(ctx, eng)
			_ = n
			prog.ok(err)

			err = session.BulkUpdate(ctx, eng, a, []*bank.Account{{AcctNo: 1001, AcctName: "y"}}, a.AcctName) // named columns of many rows by their keys
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Delete
		var err error
		_ = err
		prog.begin()
		{
			acct, err := session.Get(ctx, s, a, 1001)
			_ = acct
			prog.ok(err)
			if err != nil {
				return
			}
			s.Delete(acct)
			err = s.Commit(ctx)
			prog.ok(err)

			n, err := query.Delete(a).Filter(a.AcctNo.Eq(1002)).Exec(ctx, eng)
			_ = n
			prog.ok(err)
			n, err = query.Delete(a).Everywhere().Exec(ctx, eng) // all rows; without Everywhere it is an error
			_ = n
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Queries
		var err error
		_ = err
		prog.begin()
		{
			type stat struct {
				Name string
				N    int64
			}
			n := expr.CountAll()
			_ = n
			stats, err := query.SelectAs(func(r *stat) []query.Field { // a field that is forgotten is an error
				return []query.Field{query.Into(&r.Name, c.LastName), query.Into(&r.N, n)}
			}).Join(a).GroupBy(c.ID).Having(n.Gt(1)).All(ctx, s) // []stat; ON comes from the foreign key
			_ = stats
			prog.ok(err)

			above, err := query.Select(a).Filter(a.AcctNo.GtExpr(expr.Scalar(expr.Min(a.AcctNo), query.From(a)))).All(ctx, s)
			_ = above
			prog.ok(err)

			u := query.Sub("u", query.Select(c.LastName)) // With in the place of Sub: WITH u AS (…)
			_ = u
			prog.keep(u, "")
			out, err := query.Select(query.Col(u, c.LastName)).All(ctx, s)
			_ = out
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Preload and Joins
		var err error
		_ = err
		prog.begin()
		{
			prog.mark()
			customers, err := query.Select(c).Load(c.Accounts).All(ctx, eng) // two statements, also on an engine
			_ = customers
			prog.ok(err)
			prog.sends("…", "…")
			for _, x := range customers {
				prog.mark()
				accts, err := x.Accounts.All(ctx) // sends nothing
				_ = accts
				prog.ok(err)
				prog.sends()
				prog.prints("", x.LastName, len(accts), err)
			}
			prog.mark()
			accts, err := query.Select(a).LoadJoined(a.Customer).All(ctx, s) // one statement, as Joins("Customer")
			_ = accts
			prog.ok(err)
			prog.sends("…")
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Transactions
		var err error
		_ = err
		prog.begin()
		{
			err = eng.InTx(ctx, session.TxOptions{}, func(s *session.Session) error { // commits where it returns nil
				s.Add(&bank.Customer{FirstName: "Xenia", LastName: "Doctor"})
				return s.Nested(ctx, func() error { // SAVEPOINT, and back to it on an error
					s.Add(&bank.Account{AcctNo: 7001, AcctName: "Gold"})
					return nil
				})
			})
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Raw SQL
		var err error
		_ = err
		prog.begin()
		{
			type person struct {
				ID   int64
				Name string
			}
			out, err := query.RawAs[person]("SELECT id, last_name AS name FROM customer WHERE id > ?", 3).All(ctx, eng) // columns and fields must match
			_ = out
			prog.ok(err)
			n, err := query.ExecRaw(ctx, eng, "UPDATE customer SET mobile = ? WHERE id = ?", nil, 1)
			_ = n
			prog.ok(err)
			objs, err := query.Select(c).Filter(expr.Raw[expr.Predicate]("length(?) > ?", c.LastName, 3)).All(ctx, eng) // a typed column in text
			_ = objs
			prog.ok(err)
			prog.end()
		}
	},
}
