// Package eval evaluates conditions and expressions on objects in memory, as PostgreSQL evaluates them on rows, for
// statements with SyncEvaluate. What memory cannot decide as the server would is refused by name, never guessed.
//
//	ev := eval.New(table, mapping)
//	if err := ev.Check(condition); err != nil { … } // fault.ErrCannotEvaluate
//	yes, known := ev.Matches(conditions, obj)
//
// An Evaluator is for one goroutine.
package eval

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
)

// Evaluator evaluates with SQL's three truth values: nil stands for NULL.
type Evaluator struct {
	table  *ast.Table
	m      *meta.Mapping
	failed bool // an operator would have been an error of the server, so that the answer is not known
}

// New returns an evaluator of expressions on table, or an alias of one, for objects of m. m may be nil where it only checks.
func New(table *ast.Table, m *meta.Mapping) *Evaluator { return &Evaluator{table: table, m: m} }

// Assign returns row, a copy of obj, the values that an UPDATE sets, each computed of obj's. known is false where one cannot
// be told, since computing it would have been an error.
func (ev *Evaluator) Assign(set []run.Assignment, row, obj mem.Ptr) (known bool, err error) {
	ev.failed = false
	for _, a := range set {
		if err := ev.assignOne(a, row, obj); err != nil {
			return false, fault.During(a.Column.String(), err)
		}
	}
	return !ev.failed, nil
}

func (ev *Evaluator) assignOne(a run.Assignment, row, obj mem.Ptr) error {
	f := ev.m.Field(a.Column)
	v := as(kindOf(a.Column), ev.value(a.Value, obj))
	if v == nil {
		f.Clear(row)
		return nil
	}
	return f.Store(row, v)
}
