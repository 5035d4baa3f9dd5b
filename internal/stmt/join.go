package stmt

import (
	"errors"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// JoinKind says which rows a join keeps.
type JoinKind uint8

// The kinds of joins.
const (
	InnerJoin JoinKind = iota
	LeftJoin
	RightJoin
	FullJoin
	CrossJoin
)

// String returns the words, with spaces around.
func (k JoinKind) String() string {
	return [...]string{" JOIN ", " LEFT OUTER JOIN ", " RIGHT OUTER JOIN ", " FULL OUTER JOIN ", " CROSS JOIN "}[k]
}

// Join is a joined table: " JOIN t ON p", or several in parentheses: " JOIN (t JOIN u ON p) ON q".
type Join struct {
	Kind   JoinKind
	Table  *ast.Table
	Nested []Join   // tables joined to Table in parentheses; empty: none, and it counts as such a join; nil: it does not
	On     ast.Node // nil: the foreign keys decide
	key    keyUse   // what takes the place of On, once it is found

	Filter  ast.Node // what the filters of Table add to the condition; nil: nothing
	wrapped bool     // Table is filtered by itself
}

var errUnresolved = errors.New("query: a join stands outside a statement")

// Prec is PrecNone: it stands in FROM only.
func (j *Join) Prec() sqlw.Prec { return sqlw.PrecNone }

// Child returns the table, a join in parentheses, or the condition.
func (j *Join) Child(i int) ast.Node {
	return ast.PassEach(ast.At(i).One(table(j.Table)), j.Nested).One(j.On).Node
}

// AppendSQL writes the join; what connects it is known. Its tables can be named from then on.
func (j *Join) AppendSQL(w *sqlw.Writer) {
	w.Text(j.Kind.String())
	j.appendTable(w)
	switch {
	case j.Kind == CrossJoin:
	case j.On != nil && j.Filter != nil:
		w.Text(" ON ")
		ast.Operand(w, j.On, sqlw.PrecAnd)
	case j.On != nil:
		w.Text(" ON ")
		j.On.AppendSQL(w)
	case j.key.key != nil:
		w.Text(" ON ")
		j.key.appendSQL(w)
	default:
		w.Fail(errUnresolved)
	}
	if j.Filter != nil {
		w.Text(" AND ")
		ast.Operand(w, j.Filter, sqlw.PrecAnd)
	}
}

func (j *Join) appendTable(w *sqlw.Writer) {
	if len(j.Nested) > 0 {
		w.Byte('(')
	}
	appendFrom(w, j.Table, j.wrapped)
	w.See(j.Table)
	for i := range j.Nested {
		j.Nested[i].AppendSQL(w)
	}
	if len(j.Nested) > 0 {
		w.Byte(')')
	}
}

// appendTables appends every table that j brings into a statement.
func (j *Join) appendTables(to []*ast.Table) []*ast.Table {
	to = append(to, j.Table)
	for i := range j.Nested {
		to = j.Nested[i].appendTables(to)
	}
	return to
}

// brings reports whether j brings t into a statement.
func (j *Join) brings(t *ast.Table) bool { return j.Table == t || brings(j.Nested, t) }

// resolveNested works out what connects the tables in parentheses.
func (j *Join) resolveNested() error {
	if j.Nested == nil {
		return nil
	}
	f, err := forest{roots: []*ast.Table{j.Table}, leading: 1}.placeAll(j.Nested)
	if err != nil {
		return err
	}
	j.Nested = make([]Join, len(f.placed))
	for i := range f.placed {
		j.Nested[i] = f.placed[i].Join
	}
	return nil
}
