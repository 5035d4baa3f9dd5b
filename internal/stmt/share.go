package stmt

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// shareArguments has equal expressions of the SELECT list, GROUP BY, HAVING and ORDER BY take the same arguments. Where
// rows are grouped or distinct the server wants them to be the same expression: "SELECT coalesce(x, $1) … GROUP BY
// coalesce(x, $2)" is an error, whatever the arguments are.
func (s *Select) shareArguments(w *sqlw.Writer) {
	r := s.Rare()
	if s.Group == nil && !r.Distinct && r.On == nil || w.Mode() != sqlw.Numbered {
		return
	}
	var first shapes
	first = first.addAll(w, r.On).addAll(w, s.Items)
	first.share(w, s.Group)
	first = first.addAll(w, s.Group)
	first.share(w, r.Having)
	first.share(w, s.Order)
}

// shapes are expressions that hold values, by their SQL with the values written into it.
type shapes map[string][]*ast.Literal

// addAll adds what is in ns and not known yet.
func (m shapes) addAll(w *sqlw.Writer, ns []ast.Node) shapes {
	for _, n := range ns {
		if holdsValue(n) {
			m = m.add(w, n)
		}
	}
	return m
}

func (m shapes) add(w *sqlw.Writer, n ast.Node) shapes {
	ast.Walk(n, func(n ast.Node) bool {
		text, values := shape(w, n)
		if _, known := m[text]; !known && len(values) > 0 {
			if m == nil {
				m = shapes{}
			}
			m[text] = values
		}
		return !isStatement(n)
	})
	return m
}

// share has what is in ns and known already take the arguments of the first of its kind.
func (m shapes) share(w *sqlw.Writer, ns []ast.Node) {
	for _, n := range ns {
		if len(m) == 0 || !holdsValue(n) {
			continue
		}
		ast.Walk(n, func(n ast.Node) bool {
			text, values := shape(w, n)
			if first := m[text]; len(first) == len(values) {
				for i, v := range values {
					if v != first[i] {
						w.Same(&v.Value, &first[i].Value)
					}
				}
			}
			return !isStatement(n)
		})
	}
}

// isStatement reports whether n is a statement, which is a part of an expression only as a whole.
func isStatement(n ast.Node) bool {
	_, is := n.(ast.Statement)
	return is
}

// shape returns an expression's SQL and values; none of one that is no more than a value, whose type only its surroundings
// tell.
func shape(w *sqlw.Writer, n ast.Node) (text string, values []*ast.Literal) {
	switch n.(type) {
	case *ast.Literal, *ast.Label, *ast.Order, ast.Statement:
		return "", nil
	}
	values = valuesIn(n)
	if len(values) == 0 {
		return "", nil
	}
	v := w.Aside(sqlw.Literal)
	defer v.Release()
	n.AppendSQL(v)
	text, _, err := v.Result()
	if err != nil {
		return "", nil
	}
	return text, values
}

// holdsValue reports whether a value is in n.
func holdsValue(n ast.Node) (found bool) {
	ast.Walk(n, func(n ast.Node) bool {
		_, value := n.(*ast.Literal)
		found = found || value
		return !found
	})
	return found
}

func valuesIn(n ast.Node) (values []*ast.Literal) {
	ast.Walk(n, func(n ast.Node) bool {
		if l, ok := n.(*ast.Literal); ok {
			values = append(values, l)
		}
		return true
	})
	return values
}
