package uow_test

import (
	"context"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// listener is what the objects of a scenario tell, each its own: what a Python script listens to with event.listen. It is in the
// context of the flush, so objects that the flush loads have it too.
type listener func(what string, obj any) error

type listenerKey struct{}

func listening(l listener) context.Context { return context.WithValue(ctx, listenerKey{}, l) }

func heard(ctx context.Context, what string, obj any) error {
	if l, ok := ctx.Value(listenerKey{}).(listener); ok {
		return l(what, obj)
	}
	return nil
}

// HeardUser, HeardCustomer, HeardAccount and HeardDoc are User, Customer, Account and Doc that tell.
type (
	HeardUser struct {
		ID   int64
		Name string
		Age  *int32
	}
	HeardCustomer struct {
		ID                  int64
		FirstName, LastName string
		Email, Mobile       *string
		Accounts            model.Many[HeardAccount]
	}
	HeardAccount struct {
		AcctNo                   int64
		AcctName                 string
		AcctOpenDt, AcctUpdateDt *time.Time
		CustID                   *int64
		Customer                 model.One[HeardCustomer]
	}
	HeardDoc struct {
		ID      int64
		Title   *string
		Version int32
	}
	heardUsers struct {
		model.Table[HeardUser]
		ID   expr.Int
		Name expr.Text
		Age  expr.NullInt32
	}
	heardCustomers struct {
		model.Table[HeardCustomer]
		ID                  expr.Int
		FirstName, LastName expr.Text
		Email, Mobile       expr.NullText
		Accounts            model.ToMany[HeardCustomer, HeardAccount]
	}
	heardAccounts struct {
		model.Table[HeardAccount]
		AcctNo                   expr.Int
		AcctName                 expr.Text
		AcctOpenDt, AcctUpdateDt expr.NullTime
		CustID                   expr.NullInt
		Customer                 model.ToOne[HeardAccount, HeardCustomer]
	}
	heardDocs struct {
		model.Table[HeardDoc]
		ID      expr.Int
		Title   expr.NullText
		Version expr.Int32
	}
)

func (u *HeardUser) BeforeInsert(ctx context.Context) error { return heard(ctx, "before_insert", u) }

func (u *HeardUser) AfterInsert(ctx context.Context) error { return heard(ctx, "after_insert", u) }

func (u *HeardUser) BeforeUpdate(ctx context.Context) error { return heard(ctx, "before_update", u) }

func (u *HeardUser) BeforeDelete(ctx context.Context) error { return heard(ctx, "before_delete", u) }

func (c *HeardCustomer) BeforeInsert(ctx context.Context) error {
	return heard(ctx, "before_insert", c)
}

func (c *HeardCustomer) BeforeDelete(ctx context.Context) error {
	return heard(ctx, "before_delete", c)
}

func (c *HeardCustomer) AfterDelete(ctx context.Context) error { return heard(ctx, "after_delete", c) }

func (a *HeardAccount) BeforeInsert(ctx context.Context) error { return heard(ctx, "before_insert", a) }

func (a *HeardAccount) BeforeUpdate(ctx context.Context) error { return heard(ctx, "before_update", a) }

func (a *HeardAccount) BeforeDelete(ctx context.Context) error { return heard(ctx, "before_delete", a) }

func (a *HeardAccount) AfterDelete(ctx context.Context) error { return heard(ctx, "after_delete", a) }

func (d *HeardDoc) BeforeUpdate(ctx context.Context) error { return heard(ctx, "before_update", d) }

// heardTables are the tables whose objects tell.
type heardTables struct {
	Users     *heardUsers
	Customers *heardCustomers
	Accounts  *heardAccounts
	Docs      *heardDocs
}

// listen has the scenario go on in a session whose objects tell.
func (r *run) listen() *heardTables {
	h := &heardTables{}
	key := func(t expr.Int) model.Spec { return model.Spec{model.PrimaryKey(t), model.Type("integer", t)} }
	var schema *model.Schema
	switch {
	case r.uniq != nil:
		h.Users = model.Map("users", func(t *heardUsers) model.Spec { return key(t.ID) })
		schema = model.MustSchema(h.Users)
	case r.versioned != nil:
		h.Docs = model.Map("doc", func(t *heardDocs) model.Spec { return append(key(t.ID), model.Version(t.Version)) })
		schema = model.MustSchema(h.Docs)
	default:
		h.Customers = model.Map("customer", func(t *heardCustomers) model.Spec { return key(t.ID) })
		h.Accounts = model.Map("account", func(t *heardAccounts) model.Spec {
			spec := append(key(t.AcctNo),
				model.Default(t.AcctOpenDt, r.clock.now), model.Default(t.AcctUpdateDt, r.clock.now), model.OnUpdate(t.AcctUpdateDt, r.clock.now),
				model.Type("integer", t.CustID), model.Type("timestamp", t.AcctOpenDt, t.AcctUpdateDt),
				model.ForeignKey(t.CustID, h.Customers.ID), model.OrderBy(h.Customers.Accounts, t.AcctNo))
			switch r.set {
			case "bank_cascade_delete":
				spec = append(spec, model.DeleteMembers(h.Customers.Accounts))
			case "bank_orphan":
				spec = append(spec, model.DeleteOrphans(h.Customers.Accounts))
			}
			return spec
		})
		schema = model.MustSchema(h.Customers, h.Accounts)
	}
	r.schema = schema
	r.hooks(session.Hooks{})
	return h
}

// hooks has the scenario go on in a session with hooks.
func (r *run) hooks(h session.Hooks) {
	r.check(r.s.Close(ctx))
	r.s = session.NewEngine(r.engine.Pool(), r.schema, session.Options{Logger: r.log.logger(), Hooks: h}).Session()
}
