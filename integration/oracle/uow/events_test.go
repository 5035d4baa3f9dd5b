package uow_test

import (
	"context"
	"strings"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// ToldUser is a row of users that is told what happens to it.
type ToldUser struct {
	ID   int32
	Name string
	Age  *int32

	told  *[]string
	upper bool
}

func (u *ToldUser) tell(what string) error {
	if u.told != nil {
		*u.told = append(*u.told, what+" "+u.Name)
	}
	if u.upper {
		u.Name = strings.ToUpper(u.Name)
	}
	return nil
}

func (u *ToldUser) BeforeInsert(context.Context) error { return u.tell("before_insert") }
func (u *ToldUser) AfterInsert(context.Context) error  { return u.tell("after_insert") }
func (u *ToldUser) BeforeUpdate(context.Context) error { return u.tell("before_update") }
func (u *ToldUser) AfterUpdate(context.Context) error  { return u.tell("after_update") }
func (u *ToldUser) BeforeDelete(context.Context) error { return u.tell("before_delete") }
func (u *ToldUser) AfterDelete(context.Context) error  { return u.tell("after_delete") }

type toldUsers struct {
	model.Table[ToldUser]

	ID   expr.Int32
	Name expr.Text
	Age  expr.NullInt32
}

var theToldUsers = model.Map("users", func(t *toldUsers) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })

// hooked has the scenario go on in a session whose users are told, with hooks of its own.
func (r *run) hooked(h session.Hooks) {
	schema, err := model.NewSchema(theToldUsers)
	r.check(err)
	r.check(r.s.Close(ctx))
	r.s = session.NewEngine(r.engine.Pool(), schema, session.Options{Logger: r.log.logger(), Hooks: h}).Session()
}

var events = group{
	"events.before_after_flush": byDesign(
		"there are hooks of the flush, the commit and the rollback; the states of an object have none, and what only reads begins nothing",
		func(r *run) {
			var seq []string
			note := func(what string) func(context.Context, *session.Session) error {
				return func(context.Context, *session.Session) error { seq = append(seq, what); return nil }
			}
			plain := func(what string) func(context.Context, *session.Session) {
				return func(context.Context, *session.Session) { seq = append(seq, what) }
			}
			r.check(r.s.Close(ctx))
			r.s = session.NewEngine(r.engine.Pool(), r.schema, session.Options{Logger: r.log.logger(), Hooks: session.Hooks{
				BeforeFlush: note("before_flush"), AfterFlush: note("after_flush"),
				BeforeCommit: note("before_commit"), AfterCommit: plain("after_commit"), AfterRollback: plain("after_rollback"),
			}}).Session()
			r.s.Add(&Customer{FirstName: "X", LastName: "Y"})
			r.commit()
			val(query.Select(r.C).Count(ctx, r.s))
			r.rollback()
			r.want("sequence", seq, []string{"before_commit", "before_flush", "after_flush", "after_commit", "after_rollback"})
		}),

	"events.mapper_events": byDesign(
		"all rows of a flush are written between what is told before and what is told after, since they travel together",
		func(r *run) {
			r.hooked(session.Hooks{})
			var seq []string
			get := func(id int32) *ToldUser { return val(session.Get(ctx, r.s, theToldUsers, id)) }
			ann, bob, carl := get(1), get(2), &ToldUser{Name: "carl", Age: ptr[int32](1)}
			ann.told, bob.told, carl.told = &seq, &seq, &seq
			ann.Age = ptr[int32](5)
			r.s.Add(carl)
			r.s.Delete(bob)
			r.commit()
			r.want("sequence", seq, []string{
				"before_insert carl", "before_update ann", "before_delete bob", "after_update ann", "after_insert carl", "after_delete bob",
			})
		}),

	"events.set_attribute_in_before_update": same(func(r *run) {
		r.hooked(session.Hooks{})
		u := val(session.Get(ctx, r.s, theToldUsers, 1))
		u.upper, u.Age = true, ptr[int32](5)
		r.commit()
	}),
}
