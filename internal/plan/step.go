package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/track"
)

type StepKind uint8

const (
	InsertStep StepKind = iota
	UpdateStep
	DeleteStep
	UnlinkStep // deletes the rows of a link table that refer to the entries, which are not of the store
)

func (k StepKind) String() string { return [...]string{"INSERT", "UPDATE", "DELETE", "UNLINK"}[k] }

// Step writes some objects of one mapping with one kind of statement.
type Step struct {
	Kind     StepKind
	Store    *track.Store
	Entries  []*track.Entry
	Columns  []int            // of the statement
	Conflict *Conflict        // of an INSERT: what becomes of rows that are there; nil: they are errors
	links    []track.Link     // foreign keys to be filled in when their parents have keys
	post     bool             // an UPDATE of a foreign key only, of rows that are inserted or deleted in this flush; see model.PostUpdate
	vacates  bool             // an UPDATE that sets unique columns to NULL, which get other values later in this flush
	end      *meta.Relation   // of an UnlinkStep: how link rows refer to the entries
	ends     bool             // an UPDATE that keeps rows as deleted
	assigned []track.Assigned // columns that the database computes for the only object
}

// Plan is what a flush will do, in order. Making it reads the objects and changes nothing.
type Plan struct{ Steps []Step }

// String prints the plan, one line a step: "INSERT account: Account(acct_no=9999)".
func (p *Plan) String() string {
	var b strings.Builder
	for _, st := range p.Steps {
		fmt.Fprintf(&b, "%s %s: %s\n", st.Kind, st.Store.Mapping.Table, track.DescribeAll(st.Entries))
	}
	return b.String()
}

// Does returns what the step does to its objects: to keep a row as deleted is to delete.
func (st *Step) Does() StepKind {
	if st.ends {
		return DeleteStep
	}
	return st.Kind
}

// Aside reports whether the step writes rows that another one of the flush is about.
func (st *Step) Aside() bool { return st.post }

// FillIn fills in the foreign keys of the step's objects; false when an earlier step's INSERT has yet to generate one.
func (st *Step) FillIn() bool {
	complete := true
	for i := range st.links {
		l := &st.links[i]
		if st.post && !l.Child.HasKey(l.Child.Mapping.Table.PrimaryKey) || !l.Sync() {
			complete = false
		}
	}
	return complete
}

// MovesKeys reports whether the step changes columns that other rows may refer to.
func (st *Step) MovesKeys() bool {
	return st.Kind == UpdateStep && st.moves().Referred(InOrder(st.Columns, st.Computed()))
}

// KeysMoved has the rows that refer to those of the step follow their keys.
func (st *Step) KeysMoved() { st.moves().Keys(st.Entries) }

func (st *Step) moves() *track.Moves { return st.Store.Objects.Moves(st.Store.Mapping) }

// Computed returns the columns of an INSERT or UPDATE that get their value from an expression.
func (st *Step) Computed() []int {
	var computed []int
	for i := range st.Store.Mapping.Fields {
		if st.Expression(i) != nil && !slices.Contains(st.Columns, i) {
			computed = append(computed, i)
		}
	}
	return computed
}

// Expression returns what computes a column; nil when nothing does.
func (st *Step) Expression(column int) ast.Node {
	f := &st.Store.Mapping.Fields[column]
	switch x := track.ValueOf(st.assigned, column); {
	case st.post:
		return nil
	case x != nil:
		return x
	case st.Kind == UpdateStep:
		return f.OnUpdateExpr
	}
	return f.DefaultExpr
}

// Returned returns the columns that the database fills in, and those of the key that the session must know as they are stored:
// char(3) has blanks put to its values, timestamptz(0) is rounded, and a trigger may do anything. Of an UPDATE only keys are read
// again of whose type such things are known.
func (st *Step) Returned() []int {
	var back []int
	m := st.Store.Mapping
	for i := range m.Fields {
		f, given := &m.Fields[i], slices.Contains(st.Columns, i)
		switch {
		case given && st.Store.Tracks() && slices.Contains(m.Key, i):
			if st.Kind == UpdateStep && equality(f) == sqltype.Exact {
				continue
			}
		case f.ReadBack && !st.post && !f.Column.Deferred:
		case given, f.ReadBack && f.Column.Deferred:
			continue
		case st.Kind == UpdateStep && st.Expression(i) == nil:
			continue
		case st.Kind == InsertStep && !f.Computed() && track.ValueOf(st.assigned, i) == nil:
			continue
		}
		back = append(back, i)
	}
	return back
}

// KeepsKeys reports whether the database stores the keys that the objects have as they are, as far as their types say, so that
// rows that come back are found by them.
func (st *Step) KeepsKeys() bool {
	return !slices.ContainsFunc(st.Store.Mapping.Key, func(k int) bool { return !st.Keeps(k) })
}

// Keeps reports whether a column stores the objects' values as they are.
func (st *Step) Keeps(column int) bool {
	f := &st.Store.Mapping.Fields[column]
	switch equality(f) {
	case sqltype.Exact:
		return true
	case sqltype.Rounded:
		t, modifiers := sqltype.Parse(f.Column.Type), sqltype.Modifiers(f.Column.Type)
		return !slices.ContainsFunc(st.Entries, func(e *track.Entry) bool { return !t.Keeps(f.Value(e.Object), modifiers) })
	}
	return false
}

func equality(f *meta.Field) sqltype.Equality {
	return sqltype.Parse(f.Column.Type).Equality(f.Column.GoType)
}

// Stamps reports whether one of the columns is generated, and was not given.
func (st *Step) Stamps(columns []int) bool {
	return slices.ContainsFunc(columns, func(c int) bool {
		return st.Store.Mapping.Fields[c].Generated && !slices.Contains(st.Columns, c)
	})
}

// InOrder returns the columns of both lists in the table's order.
func InOrder(columns, computed []int) []int {
	if len(computed) == 0 {
		return columns
	}
	all := append(slices.Clone(columns), computed...)
	slices.Sort(all)
	return all
}
