package query

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// shareArguments has equal expressions of the SELECT list, GROUP BY, HAVING and ORDER BY take the same arguments. Where
// rows are grouped or distinct the server wants them to be the same expression: "SELECT coalesce(x, $1) … GROUP BY
// coalesce(x, $2)" is an error, whatever the arguments are.
func (s *selection) shareArguments(w *sqlw.Writer) {
	r := s.rare()
	if s.group == nil && !r.distinct && r.on == nil || w.Mode() != sqlw.Numbered {
		return
	}
	var first shapes
	first = first.addAll(r.on).addAll(s.items)
	first.share(w, s.group)
	first = first.addAll(s.group)
	first.share(w, r.having)
	first.share(w, s.order)
}

// shapes are expressions that hold values, by their SQL with the values written into it.
type shapes map[string][]*ast.Literal

// addAll adds what is in ns and not known yet.
func (m shapes) addAll(ns []ast.Node) shapes {
	for _, n := range ns {
		if holdsValue(n) {
			m = m.add(n)
		}
	}
	return m
}

func (m shapes) add(n ast.Node) shapes {
	ast.Walk(n, func(n ast.Node) bool {
		text, values := shape(n)
		if _, known := m[text]; known || len(values) == 0 {
			return true
		}
		if m == nil {
			m = shapes{}
		}
		m[text] = values
		return true
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
			text, values := shape(n)
			first, known := m[text]
			if !known || len(first) != len(values) {
				return true
			}
			for i, v := range values {
				if v != first[i] {
					w.Same(&v.Value, &first[i].Value)
				}
			}
			return true
		})
	}
}

// shape gives an expression's SQL and values; none of one that is no more than a value, whose type only its surroundings
// tell.
func shape(n ast.Node) (text string, values []*ast.Literal) {
	switch n.(type) {
	case *ast.Literal, *ast.Label, *ast.Order:
		return "", nil
	}
	values = valuesIn(n)
	if len(values) == 0 {
		return "", nil
	}
	w := sqlw.Get(sqlw.Literal)
	defer w.Release()
	n.AppendSQL(w)
	text, _, err := w.Result()
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
