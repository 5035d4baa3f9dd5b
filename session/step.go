package session

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
)

type stepKind uint8

const (
	insertStep stepKind = iota
	updateStep
	deleteStep
)

func (k stepKind) String() string { return [...]string{"INSERT", "UPDATE", "DELETE"}[k] }

// step writes some objects of one mapping with one kind of statement.
type step struct {
	kind     stepKind
	store    *store
	entries  []*entry
	columns  []int      // of the statement
	links    []link     // foreign keys to be filled in when their parents have keys
	post     bool       // an UPDATE of a foreign key only, of rows that are inserted or deleted in this flush; see model.PostUpdate
	assigned []assigned // columns that the database computes for the only object
}

// plan is what a flush will do, in order. Making it reads the objects and changes nothing.
type plan struct{ steps []step }

// String prints the plan, one line a step: "INSERT account: Account(acct_no=9999)".
func (p *plan) String() string {
	var b strings.Builder
	for _, st := range p.steps {
		fmt.Fprintf(&b, "%s %s: %s\n", st.kind, st.store.m.Table, describeAll(st.entries))
	}
	return b.String()
}

// fillIn fills in the foreign keys of the step's objects; false when an earlier step's INSERT has yet to generate one.
func (st *step) fillIn() bool {
	complete := true
	for i := range st.links {
		l := &st.links[i]
		if st.post && !l.child.hasKey(l.child.Mapping.Table.PrimaryKey) || !l.sync() {
			complete = false
		}
	}
	return complete
}

// computed returns the columns of an INSERT or UPDATE that get their value from an expression.
func (st *step) computed() []int {
	var computed []int
	for i := range st.store.m.Fields {
		if st.expression(i) != nil && !slices.Contains(st.columns, i) {
			computed = append(computed, i)
		}
	}
	return computed
}

// expression returns what computes a column; nil when nothing does.
func (st *step) expression(column int) ast.Node {
	f := &st.store.m.Fields[column]
	switch x := valueOf(st.assigned, column); {
	case st.post:
		return nil
	case x != nil:
		return x
	case st.kind == updateStep:
		return f.OnUpdateExpr
	}
	return f.DefaultExpr
}

// returned returns the columns that the database fills in.
func (st *step) returned() []int {
	if st.kind == updateStep {
		return st.computed()
	}
	var back []int
	for i := range st.store.m.Fields {
		computed := st.store.m.Fields[i].Computed() || valueOf(st.assigned, i) != nil
		if computed && !slices.Contains(st.columns, i) {
			back = append(back, i)
		}
	}
	return back
}

// stamps reports whether one of the columns is generated.
func (st *step) stamps(columns []int) bool {
	return slices.ContainsFunc(columns, func(c int) bool { return st.store.m.Fields[c].Generated })
}

// inOrder returns the columns of both lists in the table's order.
func inOrder(columns, computed []int) []int {
	if len(computed) == 0 {
		return columns
	}
	all := append(slices.Clone(columns), computed...)
	slices.Sort(all)
	return all
}
