package model

import (
	"context"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// Validator is asked, before a flush does anything, whether what the object has may be stored. The mistakes of all objects that the
// flush would insert or update are one error, session.ValidationError; the session stays as it is, so that they can be mended.
// Defaults and foreign keys of relationships are not in the object yet.
//
// Like the other interfaces of its kind it is one for a mapped struct: a session calls its methods on its objects. They are found when
// the table is mapped, and structs without them cost nothing. None is called for what goes past the session's objects: BulkInsert, BulkUpdate,
// query.Update and their kin.
type Validator interface {
	// Validate returns what is wrong with the object; nil: nothing.
	Validate() error
}

// BeforeInserter is told before an object's row is inserted, or takes over the row of a deleted one with the same key, when defaults are in
// it; its columns may still be changed, versions and what the database computes excepted, its relationships not, and the session not be used. Keys that it changes are
// those that foreign keys get; a foreign key that it changes is the one of a relationship all the same, if that was set. An error ends the flush before anything is written: the session wants Rollback.
type BeforeInserter interface {
	// BeforeInsert is called in the flush that inserts the row.
	BeforeInsert(ctx context.Context) error
}

// BeforeUpdater is told before an object's row is updated; see [BeforeInserter]. What it changes is in the UPDATE; where it takes back all
// that was changed, there is none.
type BeforeUpdater interface {
	// BeforeUpdate is called in the flush that updates the row.
	BeforeUpdate(ctx context.Context) error
}

// BeforeDeleter is told before an object's row is deleted, or kept as deleted by [SoftDelete]; see [BeforeInserter].
type BeforeDeleter interface {
	// BeforeDelete is called in the flush that deletes the row.
	BeforeDelete(ctx context.Context) error
}

// AfterInserter is told when an object's row was inserted, in the transaction: an error fails the flush, and nothing is stored. So the
// COMMIT takes a trip of its own. A column that it changes is a change that the same Commit writes, or the next flush.
type AfterInserter interface {
	// AfterInsert is called before the transaction ends.
	AfterInsert(ctx context.Context) error
}

// AfterUpdater is told when an object's row was updated; see [AfterInserter].
type AfterUpdater interface {
	// AfterUpdate is called before the transaction ends.
	AfterUpdate(ctx context.Context) error
}

// AfterDeleter is told when an object's row was deleted; see [AfterInserter].
type AfterDeleter interface {
	// AfterDelete is called before the transaction ends.
	AfterDelete(ctx context.Context) error
}

// AfterLoader is told when an object was read, or read again, also outside of a session; its relationships may not be there yet. It is for
// fields that are computed from columns: a column that it changes is a change that the next flush writes.
type AfterLoader interface {
	// AfterLoad is called when the columns are there.
	AfterLoad()
}

// hooksOf returns the hooks that *T has; nil: none.
func hooksOf[T any]() *meta.Hooks {
	var h meta.Hooks
	has := hook(&h.Validate, func(v Validator) error { return v.Validate() }, mem.As[T])
	has = hookIn(&h.BeforeInsert, BeforeInserter.BeforeInsert, mem.As[T]) || has
	has = hookIn(&h.BeforeUpdate, BeforeUpdater.BeforeUpdate, mem.As[T]) || has
	has = hookIn(&h.BeforeDelete, BeforeDeleter.BeforeDelete, mem.As[T]) || has
	has = hookIn(&h.AfterInsert, AfterInserter.AfterInsert, mem.As[T]) || has
	has = hookIn(&h.AfterUpdate, AfterUpdater.AfterUpdate, mem.As[T]) || has
	has = hookIn(&h.AfterDelete, AfterDeleter.AfterDelete, mem.As[T]) || has
	if _, ok := any((*T)(nil)).(AfterLoader); ok {
		has = true
		h.Loaded = func(obj mem.Ptr) { any(mem.As[T](obj)).(AfterLoader).AfterLoad() }
	}
	if !has {
		return nil
	}
	return &h
}

func hook[T, I any](to *func(obj mem.Ptr) error, call func(I) error, as func(mem.Ptr) *T) bool {
	if _, ok := any((*T)(nil)).(I); !ok {
		return false
	}
	*to = func(obj mem.Ptr) error { return call(any(as(obj)).(I)) }
	return true
}

func hookIn[T, I any](to *func(ctx context.Context, obj mem.Ptr) error, call func(I, context.Context) error, as func(mem.Ptr) *T) bool {
	if _, ok := any((*T)(nil)).(I); !ok {
		return false
	}
	*to = func(ctx context.Context, obj mem.Ptr) error { return call(any(as(obj)).(I), ctx) }
	return true
}

// SoftDelete keeps the rows of objects that are deleted: Session.Delete of one becomes an UPDATE that sets the column to the time, and
// the mapping has a [Filter] that leaves such rows out.
//
//	model.SoftDelete(t.DeletedAt)
//	// UPDATE product SET deleted_at = $1 WHERE product.id = $2
//
// It is an UPDATE in all else: OnUpdate and Version apply; other unflushed changes of the object are discarded. What goes with a deleted
// object goes with this one, each by its own mapping; foreign keys and link rows that refer to it stay, since the row does, and so does its
// key: another object with it is a UniqueError. Until the transaction ends the object is that of its row. Queries read
// such rows with Unfiltered. Session.Add takes the deletion back, in the transaction of it. query.Delete deletes rows.
func SoftDelete(col expr.NullTime) Option {
	return soft("SoftDelete", col, col.IsNull(), func() any { return time.Now().Truncate(time.Microsecond) })
}

// SoftDeleteFlag is [SoftDelete] with a column that is set to true.
func SoftDeleteFlag(col expr.Bool) Option {
	return soft("SoftDeleteFlag", col, expr.Not(col), func() any { return true })
}

func soft(what string, col expr.Expression, there expr.Condition, value func() any) Option {
	filter := Filter(there)
	return option(func(m *meta.Mapping) {
		c, ok := ast.Of(col).(*ast.Column)
		if !ok || c.Table != m.Table {
			m.Fail("%s: takes a column of the table", what)
			return
		}
		m.Soft = &meta.Soft{Column: c.Index, Value: value}
		filter.apply(m)
	})
}
