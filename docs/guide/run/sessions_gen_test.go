// Code generated from sessions.md by go test ./docs/guide/blocks -update. DO NOT EDIT.

package run_test

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// sessionsBlocks are those of sessions.md.
var sessionsBlocks = []function{
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Add
		var err error
		_ = err
		n, err := query.Delete(a).Everywhere().Exec(ctx, eng)
		_ = n
		prog.ok(err)
		prog.begin()
		{
			ada := &bank.Customer{FirstName: "Ada", LastName: "Lovelace"}
			_ = ada
			ada.Accounts.Add(&bank.Account{AcctNo: 1, AcctName: "Trade"})
			prog.mark()
			s.Add(ada) // sends nothing; what ada refers to and has in its lists comes with it
			prog.sends()
			err = s.Commit(ctx)
			prog.ok(err)
			prog.prints("11, the key that the database generated", ada.ID) // 11, the key that the database generated
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Get, and one object for a row
		var err error
		_ = err
		prog.begin()
		{
			one, err := session.Get(ctx, s, c, 7) // no row: query.ErrNoRows
			_ = one
			prog.ok(err)
			two, ok, err := session.GetOrNone(ctx, s, c, 7) // no row: ok is false
			_, _ = two, ok
			prog.ok(err)
			prog.prints("true; the second one sent nothing", one == two) // true; the second one sent nothing
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Change
		var err error
		_ = err
		prog.begin()
		{
			cust, err := session.Get(ctx, s, c, 7)
			_ = cust
			prog.ok(err)
			cust.Email = new("ada@home.co")
			changes, err := s.Changes(cust) // what the next flush writes of it
			_ = changes
			prog.ok(err)
			prog.prints("[email: NULL -> 'ada@home.co']", changes) // [email: NULL -> 'ada@home.co']
			err = s.Flush(ctx)
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Change
		var err error
		_ = err
		prog.begin()
		{
			acct, err := session.Get(ctx, s, a, 1)
			_ = acct
			prog.ok(err)
			s.Set(acct, a.AcctName.ToExpr(a.AcctName.Concat("!")))
			err = s.Commit(ctx)
			prog.ok(err)
			prog.prints("Trade!", acct.AcctName) // Trade!
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Commit, and stale objects
		var err error
		_ = err
		prog.begin()
		{
			cust, err := session.Get(ctx, s, c, 7)
			_ = cust
			prog.ok(err)
			err = s.Commit(ctx)
			prog.ok(err)
			prog.prints("true, also where there was nothing to commit", s.IsStale(cust)) // true, also where there was nothing to commit
			prog.mark()
			again, err := session.Get(ctx, s, c, 7) // SELECT …: the same object, with what the row has now
			_ = again
			prog.ok(err)
			prog.sends("SELECT …")
			prog.prints("false", s.IsStale(again)) // false
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Read again: Refresh, Expire
		var err error
		_ = err
		prog.begin()
		{
			cust, err := session.Get(ctx, s, c, 7)
			_ = cust
			prog.ok(err)
			cust.FirstName = "mine"
			err = session.RefreshColumns(ctx, s, c, []*bank.Customer{cust}, c.LastName) // FirstName stays "mine"
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Leave and come back: Expunge, Add, Attach
		var err error
		_ = err
		prog.begin()
		{
			cust, err := session.Get(ctx, s, c, 7)
			_ = cust
			prog.ok(err)
			s.Expunge(cust)
			cust.Mobile = new("555")
			s.Add(cust)
			prog.mark()
			err = s.Commit(ctx) // UPDATE customer SET mobile = $1 WHERE customer.id = $2
			prog.ok(err)
			prog.sends("UPDATE customer SET mobile = $1 WHERE customer.id = $2")
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Leave and come back: Expunge, Add, Attach
		var err error
		_ = err
		prog.begin()
		{
			cust, err := query.Select(c).Filter(c.ID.Eq(7)).One(ctx, eng) // in no session
			_ = cust
			prog.ok(err)
			prog.mark()
			s.Attach(cust) // sends nothing
			prog.sends()
			cust.Mobile = new("555")
			prog.mark()
			err = s.Commit(ctx) // UPDATE customer SET mobile = $1 WHERE customer.id = $2
			prog.ok(err)
			prog.sends("UPDATE customer SET mobile = $1 WHERE customer.id = $2")
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Merge: what a form sent back
		var err error
		_ = err
		prog.begin()
		{
			var given bank.Customer // and its accounts
			_ = given
			body := []byte(`{"ID": 7, "FirstName": "Ada", "LastName": "King", "Accounts": [{"AcctNo": 1, "AcctName": "Trade"}, {"AcctNo": 3, "AcctName": "New"}]}`)
			_ = body
			err = json.Unmarshal(body, &given)
			prog.ok(err)
			cust, err := session.Merge(ctx, s, &given)
			_ = cust
			prog.ok(err)
			changes, err := s.Changes(cust)
			_ = changes
			prog.ok(err)
			err = s.Commit(ctx)
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Merge: what a form sent back
		var err error
		_ = err
		prog.begin()
		{
			given := bank.Customer{ID: 7, FirstName: "Ada"}
			_ = given
			cust, err := session.Merge(ctx, s, &given, c.FirstName, c.Email) // of rows that are there, only these columns
			_ = cust
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Delete and cascades
		var err error
		_ = err
		prog.begin()
		{
			cust, err := session.Get(ctx, s, c, 7)
			_ = cust
			prog.ok(err)
			s.Delete(cust)
			err = s.Commit(ctx)
			prog.ok(err)
			prog.end()
		}
	},
	nil, // Soft delete, versions, validation, hooks
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Soft delete, versions, validation, hooks
		var err error
		_ = err
		prog.begin()
		{
			doc, err := session.Get(ctx, s, Docs, 1)
			_ = doc
			prog.ok(err)
			doc.Title = "Two"
			if err := s.Commit(ctx); errors.Is(err, session.ErrStale) {
				err = errors.Join(s.Rollback(ctx), s.Refresh(ctx, doc))
				prog.ok(err)
			}
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Soft delete, versions, validation, hooks
		var err error
		_ = err
		prog.begin()
		{
			doc, err := session.Get(ctx, s, Docs, 1)
			_ = doc
			prog.ok(err)
			s.Delete(doc)
			err = s.Commit(ctx)
			prog.ok(err)
			all, err := query.Select(Docs).Unfiltered().All(ctx, s)
			_ = all
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Soft delete, versions, validation, hooks
		var err error
		_ = err
		prog.begin()
		{
			s.Add(&Doc{}, &Doc{})
			var invalid *session.ValidationError
			_ = invalid
			if err := s.Commit(ctx); errors.As(err, &invalid) {
				for _, x := range invalid.Invalid {
					prog.prints("", x.Object, x.Err)
				}
			}
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Many rows without objects
		var err error
		_ = err
		prog.begin()
		{
			err = session.BulkInsert(ctx, eng, c, &bank.Customer{FirstName: "B", LastName: "B"}, &bank.Customer{FirstName: "C", LastName: "C"})
			prog.ok(err)
			n, err := query.InsertObjects(a, &bank.Account{AcctNo: 1, AcctName: "x"}).OnConflict(a.AcctNo).DoUpdateAll().Exec(ctx, s)
			_ = n
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Relationships: lazy, loaded, forbidden
		var err error
		_ = err
		prog.begin()
		{
			s := eng.Session().NoLazy() // or query….NoLazy(), or model.NoLazy in the mapping
			_ = s
			custs, err := query.Select(c).Load(c.Accounts).All(ctx, s)
			_ = custs
			prog.ok(err)
			prog.mark()
			list, err := custs[0].Accounts.All(ctx) // loaded: sends nothing
			_ = list
			prog.ok(err)
			prog.sends()
			prog.mark()
			owner, err := list[0].Customer.Get(ctx) // in the session: sends nothing
			_ = owner
			prog.ok(err)
			prog.sends()
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Errors
		var err error
		_ = err
		_, err = query.ExecRaw(ctx, eng, "INSERT INTO account VALUES (77, 'there', now(), now())")
		prog.ok(err)
		s.Add(&bank.Account{AcctNo: 77, AcctName: "again"})
		prog.begin()
		{
			var unique *session.UniqueError
			_ = unique
			if err := s.Commit(ctx); errors.As(err, &unique) {
				prog.prints("account_pkey Account(acct_no=77)", unique.Constraint, unique.Object) // account_pkey Account(acct_no=77)
				err = s.Rollback(ctx)                                                             // what was added is new again, and out of the session
				prog.ok(err)
			}
			prog.end()
		}
	},
}

type Doc struct {
	ID        int64
	Title     string
	Version   int64
	DeletedAt *time.Time
}

type docs struct {
	model.Table[Doc]
	ID        expr.Int
	Title     expr.Text
	Version   expr.Int
	DeletedAt expr.NullTime
}

var Docs = model.Map("doc", func(t *docs) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID), model.Version(t.Version), model.SoftDelete(t.DeletedAt)}
})

// Validate is called by the session before a flush does anything.
func (d *Doc) Validate() error {
	if d.Title == "" {
		return errors.New("title is missing")
	}
	return nil
}

// BeforeUpdate may change columns; what it changes is in the UPDATE.
func (d *Doc) BeforeUpdate(context.Context) error { return nil }
