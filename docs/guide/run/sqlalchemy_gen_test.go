// Code generated from sqlalchemy.md by go test ./docs/guide/blocks -update. DO NOT EDIT.

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
)

// sqlalchemyBlocks are those of sqlalchemy.md.
var sqlalchemyBlocks = []function{
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Mapping
		var err error
		_ = err
		prog.begin()
		{
			type Book struct { // a plain struct
				ID               int64
				Title            string
				ISBN             *string // nil is NULL
				Price            string
				Created, Changed time.Time
			}
			type books struct { // its columns, with the operators that their types have
				model.Table[Book]
				ID               expr.Int
				Title            expr.Text
				ISBN             expr.NullText
				Price            expr.Decimal
				Created, Changed expr.Time
			}
			Books := model.Map("book", func(t *books) model.Spec {
				return model.Spec{
					model.PrimaryKey(t.ID),
					model.Size(100, t.Title), model.Index(t.Title),
					model.Unique(t.ISBN),
					model.Type("numeric(10, 2)", t.Price),
					model.Default(t.Created, time.Now),
					model.Default(t.Changed, time.Now), model.OnUpdate(t.Changed, time.Now),
				}
			})
			_ = Books
			Schema := model.MustSchema(Books) // as Base.metadata; all mistakes of all mappings at once
			_ = Schema
			prog.end(Books)
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Relationships
		var err error
		_ = err
		prog.begin()
		{
			alice := &bank.Customer{FirstName: "Alice", LastName: "Doctor"}
			_ = alice
			acct := &bank.Account{AcctNo: 7001, AcctName: "Cash"}
			_ = acct
			alice.Accounts.Add(acct)             // alice.accounts.append(acct)
			s.Add(alice)                         // and with her the account
			owner, err := acct.Customer.Get(ctx) // alice; acct.customer
			_ = owner
			prog.ok(err)
			acct.Customer.Set(nil) // acct.customer = None; alice's list has it no more
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Relationships
		var err error
		_ = err
		prog.begin()
		{
			type Tag struct {
				ID   int64
				Name string
			}
			type tags struct {
				model.Table[Tag]
				ID   expr.Int
				Name expr.Text
			}
			type Product struct {
				ID   int64
				Tags model.Many[Tag]
			}
			type products struct {
				model.Table[Product]
				ID   expr.Int
				Tags model.ToMany[Product, Tag]
			}
			Tags := model.Map("tag", func(t *tags) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
			_ = Tags
			Products := model.Map("product", func(t *products) model.Spec {
				return model.Spec{model.PrimaryKey(t.ID), model.ManyToMany(t.Tags, "product_tag")}
			})
			_ = Products
			Schema := model.MustSchema(Tags, Products) // resolves relationships; statements along them come after it
			_ = Schema
			prog.keep(query.Select(Products).Filter(Products.Tags.Any(Tags.Name.Eq("new"))), "") // Product.tags.any(Tag.name == "new")
			prog.keep(query.Select2(Products, Tags).Join(Products.Tags), "")                     // both tables are joined
			prog.end(Tags, Products)
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Relationships
		var err error
		_ = err
		prog.begin()
		{
			type Student struct{ ID int64 }
			type students struct {
				model.Table[Student]
				ID expr.Int
			}
			type Course struct{ ID int64 }
			type courses struct {
				model.Table[Course]
				ID expr.Int
			}
			type Enrolment struct {
				StudentID, CourseID int64
				Grade               *string
				Student             model.One[Student]
				Course              model.One[Course]
			}
			type enrolments struct {
				model.Table[Enrolment]
				StudentID, CourseID expr.Int
				Grade               expr.NullText
				Student             model.ToOne[Enrolment, Student]
				Course              model.ToOne[Enrolment, Course]
			}
			Students := model.Map("student", func(t *students) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
			_ = Students
			Courses := model.Map("course", func(t *courses) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
			_ = Courses
			Enrolments := model.Map("enrolment", func(t *enrolments) model.Spec {
				return model.Spec{
					model.PrimaryKey(t.StudentID, t.CourseID),
					model.ForeignKey(t.StudentID, Students.ID), model.ForeignKey(t.CourseID, Courses.ID),
				}
			})
			_ = Enrolments
			e := &Enrolment{}
			_ = e
			e.Student.Set(&Student{}) // both are inserted with it, and give it its key
			e.Course.Set(&Course{})
			prog.end(Students, Courses, Enrolments)
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Relationships
		var err error
		_ = err
		prog.begin()
		{
			type Passport struct{ ID, OwnerID int64 }
			type passports struct {
				model.Table[Passport]
				ID, OwnerID expr.Int
			}
			type Person struct {
				ID       int64
				Passport model.One[Passport]
			}
			type persons struct {
				model.Table[Person]
				ID       expr.Int
				Passport model.ToOne[Person, Passport]
			}
			Persons := model.Map("person", func(t *persons) model.Spec {
				return model.Spec{model.PrimaryKey(t.ID), model.DeleteMembers(t.Passport)} // cascade="all, delete"
			})
			_ = Persons
			Passports := model.Map("passport", func(t *passports) model.Spec {
				return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.OwnerID, Persons.ID), model.Unique(t.OwnerID)}
			})
			_ = Passports
			prog.end(Persons, Passports)
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
			e := model.Map("employee", func(t *employees) model.Spec {
				return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.BossID, t.ID)}
			})
			_ = e
			Schema := model.MustSchema(e)
			_ = Schema
			boss := model.Alias(e, "boss")
			_ = boss
			prog.keep(query.Select2(e.ID, boss.ID).Join(e.Boss.To(boss)), "") // join(Employee.boss.of_type(boss))
			prog.end(e)
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
			if err := s.Commit(ctx); err != nil { // one round trip
				return
			}
			acct, err := session.Get(ctx, s, a, 9999)
			_ = acct
			prog.ok(err)
			if err != nil {
				return
			}
			acct.AcctName = "Crypto"
			err = s.Commit(ctx) // UPDATE of that column, and of acct_update_dt, which has OnUpdate
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Queries
		var err error
		_ = err
		prog.begin()
		{
			all, err := query.Select(c).Filter(c.LastName.Like("D%")).OrderBy(c.ID).All(ctx, s)
			_ = all
			prog.ok(err)
			two, err := query.Select2(c.LastName, a.AcctName).Join(a).All(ctx, s) // ON by the foreign key
			_ = two
			prog.ok(err)
			n := expr.Count(a.AcctNo).As("n")
			_ = n
			per, err := query.Select2(c.LastName, n).Join(c.Accounts).GroupBy(c.ID).Having(n.Gt(1)).All(ctx, s)
			_ = per
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Queries
		var err error
		_ = err
		prog.begin()
		{
			rn := expr.Over(expr.RowNumber(), expr.Window{}.PartitionBy(a.CustID).OrderBy(a.AcctNo.Desc())).As("rn")
			_ = rn
			last := query.Sub("last", query.Select2(a.AcctName, rn)) // With in the place of Sub: WITH last AS (…)
			_ = last
			prog.keep(last, "")
			names, err := query.Select(query.Col(last, a.AcctName)).Filter(query.Col(last, rn).Eq(1)).All(ctx, s)
			_ = names
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Bulk statements and upsert
		var err error
		_ = err
		prog.begin()
		{
			n, err := query.Update(a).Set(a.AcctName.To("x")).Filter(a.CustID.Eq(1)).Exec(ctx, s)
			_ = n
			prog.ok(err)
			n, err = query.Delete(a).Filter(a.AcctNo.Lt(1000)).Exec(ctx, s)
			_ = n
			prog.ok(err)
			err = session.BulkInsert(ctx, s, c, &bank.Customer{FirstName: "A", LastName: "B"}, &bank.Customer{FirstName: "C", LastName: "D"})
			prog.ok(err)
			isNew, err := session.Upsert(ctx, s, a, []*bank.Account{{AcctNo: 1, AcctName: "x"}}, session.Conflict{}) // by the primary key
			_ = isNew
			prog.ok(err)
			n, err = query.Insert(a).Values(a.AcctNo.To(1), a.AcctName.To("x")).OnConflict(a.AcctNo).DoUpdate(a.AcctName.ToExcluded()).Exec(ctx, s)
			_ = n
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Loading
		var err error
		_ = err
		prog.begin()
		{
			prog.mark()
			customers, err := query.Select(c).OrderBy(c.ID).Load(c.Accounts).All(ctx, s) // two statements
			_ = customers
			prog.ok(err)
			prog.sends("…", "…")
			for _, x := range customers {
				prog.mark()
				accts, err := x.Accounts.All(ctx) // none
				_ = accts
				prog.ok(err)
				prog.sends()
				prog.prints("", x.LastName, len(accts), err)
			}
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
				err := s.Nested(ctx, func() error { // SAVEPOINT … RELEASE, or ROLLBACK TO
					s.Add(&bank.Account{AcctNo: 1001, AcctName: "Twice"})
					return nil
				})
				var unique *session.UniqueError
				_ = unique
				if errors.As(err, &unique) {
					return nil // the account is not there, and Xenia is
				}
				return err
			})
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Hooks, soft delete, versions
		var err error
		_ = err
		prog.begin()
		{
			type Doc struct {
				ID, Rev   int64
				Title     string
				DeletedAt *time.Time
			}
			type docs struct {
				model.Table[Doc]
				ID, Rev   expr.Int
				Title     expr.Text
				DeletedAt expr.NullTime
			}
			Docs := model.Map("doc", func(t *docs) model.Spec {
				return model.Spec{model.PrimaryKey(t.ID), model.Version(t.Rev), model.SoftDelete(t.DeletedAt)}
			})
			_ = Docs
			prog.keep(query.Select(Docs).Unfiltered().Filter(Docs.DeletedAt.IsNotNull()), "") // of the deleted ones
			prog.end(Docs)
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
			rows, err := query.RawAs[person]("SELECT id, last_name AS name FROM customer WHERE id < ?", 3).All(ctx, s)
			_ = rows
			prog.ok(err)
			objs, err := query.Select(c).FromRaw("SELECT id, first_name, last_name, email, mobile FROM customer ORDER BY random()").All(ctx, s)
			_ = objs
			prog.ok(err)
			long, err := query.Select(c).Filter(expr.Raw[expr.Predicate]("length(?) > 10", c.Email)).All(ctx, s)
			_ = long
			prog.ok(err)
			n, err := query.ExecRaw(ctx, s, "UPDATE customer SET mobile = NULL WHERE id = ?", 1)
			_ = n
			prog.ok(err)
			prog.end()
		}
	},
}
