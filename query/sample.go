package query

import (
	"errors"
	"fmt"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
)

// TableSample returns another name for a table, of which a statement reads some rows only, picked at random. It is a table struct like that of
// model.Alias: it joins, along relationships too, and a session tracks its rows as those of the table.
//
//	part := query.TableSample("part", Products, query.Bernoulli(10))
//	query.Select(part).Filter(part.Price.Gt(100))
//	// SELECT … FROM product AS part TABLESAMPLE bernoulli ($1) WHERE part.price > $2
//
// The rows are picked before any condition or join sees them. A table that a statement makes itself, such as that of [SubOf], cannot be sampled,
// and a sample cannot be what Insert, Update, Delete and Merge change: both are errors of the statement.
func TableSample[S, T any, P tableStruct[S, T]](name string, t P, how Sampling) *S {
	s := new(S)
	var of *ast.Table
	if t != nil {
		of = t.CupelTable()
	}
	if of == nil || name == "" {
		return s // not mapped, and statements that use it say so
	}
	sampled := of.As(name)
	switch {
	case of.Def != nil || of.Sample != nil:
		sampled.Def = broken{fmt.Errorf("query: TableSample of %s: %w", of, errNoSample)}
	case how.sample.Method == "":
		sampled.Def = broken{fmt.Errorf("query: TableSample of %s: %w", of, errNoMethod)}
	default:
		sampled.Sample = &how.sample
	}
	t.CupelAs(s, sampled)
	return s
}

// Sampling is how [TableSample] picks rows: [Bernoulli], [System] or [SampleBy]. The zero value is an error of the statement.
type Sampling struct{ sample ast.Sample }

// Bernoulli picks each row with a chance of percent in a hundred: "TABLESAMPLE bernoulli ($1)". Less than 0 and more than 100 is an
// error of the statement.
func Bernoulli(percent float64) Sampling { return sampling("bernoulli", percent) }

// System picks each page of the table with a chance of percent in a hundred, and all rows of it: "TABLESAMPLE system ($1)". It is faster than
// [Bernoulli], and less random. Less than 0 and more than 100 is an error of the statement.
func System(percent float64) Sampling { return sampling("system", percent) }

// SampleBy picks rows by a method that it names, "TABLESAMPLE method (x, y)": one of an extension, or one of PostgreSQL's with an
// expression for its argument. The name may have a schema before it.
//
//	query.SampleBy("system_rows", expr.Val(100))
//	query.SampleBy("bernoulli", expr.Scalar(Settings.Percent, query.From(Settings)))
func SampleBy(method string, args ...expr.Expression) Sampling {
	s := Sampling{ast.Sample{Method: method}}
	if bad, ok := expr.Func[expr.Float](method).Node().(*ast.Bad); ok {
		s.sample.Args = []ast.Node{bad}
		return s
	}
	for _, x := range args {
		s.sample.Args = append(s.sample.Args, ast.Of(x))
	}
	return s
}

// Repeatable picks the same rows each time while the table does not change: "… REPEATABLE ($1)". Another seed picks others.
func (s Sampling) Repeatable(seed float64) Sampling {
	s.sample.Seed = &ast.Literal{Value: seed}
	return s
}

// RepeatableExpr is Repeatable with an expression: "… REPEATABLE (x)".
func (s Sampling) RepeatableExpr(seed expr.Expression) Sampling {
	s.sample.Seed = ast.Of(seed)
	return s
}

func sampling(method string, percent float64) Sampling {
	var x ast.Node = &ast.Literal{Value: percent}
	if !(percent >= 0 && percent <= 100) {
		x = &ast.Bad{Err: fmt.Errorf("query: TABLESAMPLE %s of %v percent", method, percent)}
	}
	return Sampling{ast.Sample{Method: method, Args: []ast.Node{x}}}
}

var (
	errNoSample = errors.New("only tables of the database can be sampled, once")
	errNoMethod = errors.New("no method: Bernoulli, System or SampleBy")
)
