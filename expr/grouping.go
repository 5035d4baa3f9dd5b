package expr

import "github.com/cupel-go/cupel/internal/ast"

// Grouping is a key of GROUP BY that groups in more than one way: [Rollup], [Cube], [GroupingSets]. In the rows of a set, the keys that are
// not in it are NULL: read them with OrNull, without which it is query.ErrGroupNull, and tell those NULLs from a column's own by [GroupingOf].
type Grouping struct{ node ast.Node }

// Node returns the key's untyped form, for the other packages of this module.
func (g Grouping) Node() ast.Node {
	if g.node == nil {
		return unmapped
	}
	return g.node
}

func (g Grouping) argument(c *ast.Call) { c.Args = append(c.Args, g.Node()) }

// Rollup renders "ROLLUP (a, b)": groups by a and b, by a, and all.
func Rollup(keys ...Expression) Grouping {
	return Grouping{&ast.Grouping{Word: "ROLLUP", Keys: nodes(keys)}}
}

// Cube renders "CUBE (a, b)": groups by each set of the keys.
func Cube(keys ...Expression) Grouping {
	return Grouping{&ast.Grouping{Word: "CUBE", Keys: nodes(keys)}}
}

// GroupingSets renders "GROUPING SETS ((a, b), ())": groups by each of the sets that are given.
//
//	expr.GroupingSets(expr.Keys(o.Status, o.IsPaid), expr.Keys())
func GroupingSets(sets ...KeySet) Grouping {
	g := &ast.Grouping{Word: "GROUPING SETS", Keys: make([]ast.Node, len(sets))}
	for i, s := range sets {
		g.Keys[i] = &ast.Tuple{Items: s.keys}
	}
	return Grouping{g}
}

// KeySet is a set of keys for [GroupingSets].
type KeySet struct{ keys []ast.Node }

// Keys is a set of keys; without any, all rows are one group.
func Keys(keys ...Expression) KeySet { return KeySet{nodes(keys)} }

// GroupingOf renders "grouping(a, b)": a bit for each key, the last the lowest, that is 1 where the row's set does not have the key.
func GroupingOf(keys ...Expression) Int32 {
	return boxed[Int32](ast.Boxed(ast.Call{Name: "grouping", Args: nodes(keys)}))
}

// PercentileCont renders "percentile_cont($1) WITHIN GROUP (ORDER BY x)": the value below which a part of the values lie, between two
// of them where need be; NULL without rows. 0.5 is the median.
func PercentileCont(part float64, x Expression, how ...Modifier) NullFloat {
	return ordered1[NullFloat]("percentile_cont", []ast.Node{Val(part).Node()}, x, how)
}

// PercentileDisc renders "percentile_disc($1) WITHIN GROUP (ORDER BY x)": the first of the values at or behind a part of them, of x's kind.
func PercentileDisc[V, N, M any](part float64, x Twins[V, N, M], how ...Modifier) (kind M) {
	if ast.IsNil(x) {
		return kind // fails with the statement
	}
	c := ast.Call{Name: "percentile_disc", Args: []ast.Node{Val(part).Node()}, Within: []ast.Node{x.Node()}}
	return x.maybeNull(modified(ast.Boxed(c), how))
}

// Mode renders "mode() WITHIN GROUP (ORDER BY x)": the value that is there most often, of x's kind; NULL without rows.
func Mode[V, N, M any](x Twins[V, N, M], how ...Modifier) (kind M) {
	if ast.IsNil(x) {
		return kind // fails with the statement
	}
	return x.maybeNull(modified(ast.Boxed(ast.Call{Name: "mode", Within: []ast.Node{x.Node()}}), how))
}

func ordered1[K Kind[K]](name string, args []ast.Node, x Expression, how []Modifier) K {
	return boxed[K](modified(ast.Boxed(ast.Call{Name: name, Args: args, Within: []ast.Node{ast.Of(x)}}), how))
}
