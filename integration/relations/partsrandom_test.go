package relations_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func openWood(t *testing.T) *session.Engine {
	t.Helper()
	dsn := pgtest.Database(t)
	eng, err := session.Open(ctx, dsn, wood, session.Options{})
	ok(t, err)
	_, err = eng.Pool().Exec(ctx, "CREATE EXTENSION IF NOT EXISTS citext")
	ok(t, err)
	eng.Close()
	eng, _ = openDSN(t, dsn, wood)
	return eng
}

// plant stores random rows.
func plant(t *testing.T, eng *session.Engine, r *rand.Rand) {
	t.Helper()
	const nodes = 12
	var sql strings.Builder
	add := func(format string, args ...any) { fmt.Fprintf(&sql, format+";\n", args...) }
	null := func(one int, text string) string { // one of so many is NULL
		if r.IntN(one) == 0 {
			return "NULL"
		}
		return text
	}
	add("TRUNCATE node, leaf, fruit, basket, edge")
	for i := 1; i <= nodes; i++ {
		gone := "NULL"
		if r.IntN(4) == 0 {
			gone = "now()"
		}
		add("INSERT INTO node (id, name, n, code, gone, parent_id, other_id) VALUES (%d, 'n%d', %s, %s, %s, %s, %s)", i, r.IntN(6), null(3, fmt.Sprint(r.IntN(5))),
			null(3, fmt.Sprintf("'c%d'", i)), gone, null(3, fmt.Sprint(1+r.IntN(i))), null(3, fmt.Sprint(1+r.IntN(i))))
	}
	for i := 1; i <= 2*nodes; i++ {
		add("INSERT INTO leaf (id, n, name, code) SELECT %d, %s, 'l%d', (SELECT %s(code::text) FROM node WHERE code = 'c%d')",
			i, null(3, fmt.Sprint(r.IntN(5))), r.IntN(4), []string{"upper", "lower"}[i%2], 1+r.IntN(nodes))
	}
	for from := 1; from <= nodes; from++ {
		for to := 1; to <= nodes; to++ {
			if r.IntN(4) == 0 {
				add("INSERT INTO edge VALUES (%d, %d)", from, to)
			}
		}
	}
	for i := 1; i <= 6; i++ {
		add("INSERT INTO fruit (id, name) VALUES (%d, 'f%d')", i, r.IntN(3))
	}
	for i := 1; i <= 3*nodes; i++ {
		gone := "NULL"
		if r.IntN(4) == 0 {
			gone = "now()"
		}
		add("INSERT INTO basket (id, node_id, fruit_id, gone) VALUES (%d, %d, %d, %s)", i, 1+r.IntN(nodes), 1+r.IntN(6), gone)
	}
	_, err := eng.Pool().Exec(ctx, sql.String())
	ok(t, err)
}

// saying is a condition or a sort key on a node, and what it is in SQL about x.
type saying[T any] struct {
	x   T
	sql string
}

var other = model.Alias(Nodes, "other")

func nodeCondition(r *rand.Rand, depth int) saying[expr.Condition] {
	k := r.Int32N(5)
	say := func(c expr.Condition, format string, args ...any) saying[expr.Condition] {
		return saying[expr.Condition]{c, fmt.Sprintf(format, args...)}
	}
	n := r.IntN(10)
	if depth == 0 {
		n = 3 + r.IntN(7)
	}
	switch n {
	case 0:
		a, b := nodeCondition(r, depth-1), nodeCondition(r, depth-1)
		return say(expr.Or(a.x, b.x), "((%s) OR (%s))", a.sql, b.sql)
	case 1:
		a, b := nodeCondition(r, depth-1), nodeCondition(r, depth-1)
		return say(expr.And(a.x, b.x), "((%s) AND (%s))", a.sql, b.sql)
	case 2:
		a := nodeCondition(r, depth-1)
		return say(expr.Not(a.x), "(NOT (%s))", a.sql)
	case 3:
		return say(Nodes.N.IsNull(), "x.n IS NULL")
	case 4:
		return say(Nodes.N.Gt(k), "x.n > %d", k)
	case 5:
		return say(Nodes.Name.Like(fmt.Sprint("%", k)), "x.name LIKE '%%%d'", k)
	case 6:
		return say(Nodes.Children.To(other).Any(other.N.Gt(k)), "EXISTS (SELECT FROM node c WHERE c.parent_id = x.id AND c.gone IS NULL AND c.n > %d)", k)
	case 7:
		return say(Nodes.Parent.Has(), "EXISTS (SELECT FROM node c WHERE x.parent_id = c.id AND c.gone IS NULL)")
	case 8:
		return say(Nodes.Leaves.Any(Leaves.N.Lt(k)), "EXISTS (SELECT FROM leaf c WHERE c.code = x.code AND c.n < %d)", k)
	}
	return say(Nodes.Fruits.Any(Fruits.Name.Eq("f1")),
		"EXISTS (SELECT FROM basket b JOIN fruit c ON c.id = b.fruit_id WHERE b.node_id = x.id AND b.gone IS NULL AND c.name = 'f1')")
}

func nodeKey(r *rand.Rand) saying[expr.Sortable] {
	return []saying[expr.Sortable]{
		{Nodes.N.Desc(), "x.n DESC"},
		{Nodes.N.NullsFirst(), "x.n NULLS FIRST"},
		{Nodes.Name, "x.name"},
		{Nodes.N.Times(-1).Plus(3), "x.n * -1 + 3"},
		{Nodes.Children.Count().Desc(), "(SELECT count(*) FROM node c WHERE c.parent_id = x.id AND c.gone IS NULL) DESC"},
		{Nodes.Leaves.Count(), "(SELECT count(*) FROM leaf c WHERE c.code = x.code)"},
		{Nodes.Fruits.Count(), "(SELECT count(DISTINCT b.fruit_id) FROM basket b WHERE b.node_id = x.id AND b.gone IS NULL)"},
		{Nodes.Parent.Has().Desc(), "EXISTS (SELECT FROM node c WHERE x.parent_id = c.id AND c.gone IS NULL) DESC"},
	}[r.IntN(8)]
}

func keysOf(t *testing.T, eng *session.Engine, sql string, args ...any) (keys []int64) {
	t.Helper()
	rows, err := eng.Pool().Query(ctx, sql, args...)
	ok(t, err)
	for rows.Next() {
		var k int64
		ok(t, rows.Scan(&k))
		keys = append(keys, k)
	}
	ok(t, rows.Err())
	return keys
}

// sameParts compares parts of lists with what the server says of each owner.
func sameParts[T any](t *testing.T, eng *session.Engine, run query.Runner, of []*Node, part model.PartOf[Node, T], key func(*T) int64, sql string) {
	t.Helper()
	lists, err := session.Lists(ctx, run, of, part)
	if err != nil {
		t.Fatalf("%v\n%s", err, sql)
	}
	for i, n := range of {
		var got []int64
		for _, x := range lists[i] {
			got = append(got, key(x))
		}
		if want := keysOf(t, eng, sql, n.ID); !slices.Equal(got, want) {
			t.Fatalf("of %d: %v, want %v by\n%s", n.ID, got, want, sql)
		}
	}
}

// TestRandomParts compares parts of lists, with random conditions, orders and numbers, with what a statement about each owner reads.
func TestRandomParts(t *testing.T) {
	t.Parallel()
	eng := openWood(t)
	for i := range *rounds {
		r := rand.New(rand.NewPCG(*seed+uint64(i), 7))
		plant(t, eng, r)
		for range 15 {
			randomParts(t, eng, r)
		}
	}
}

func randomParts(t *testing.T, eng *session.Engine, r *rand.Rand) {
	t.Helper()
	s := eng.Session()
	defer s.Close(ctx)
	run := []query.Runner{s, s, eng}[r.IntN(3)]
	q := query.Select(Nodes)
	if r.IntN(2) == 0 {
		q = q.Unfiltered()
	}
	all := must[[]*Node](t)(q.All(ctx, run))
	var of []*Node
	for range 1 + r.IntN(len(all)) {
		of = append(of, all[r.IntN(len(all))])
	}
	rel := []saying[model.ToMany[Node, Node]]{
		{Nodes.Children, "SELECT x.id FROM node x WHERE x.parent_id = $1"},
		{Nodes.Next, "SELECT x.id FROM node x JOIN edge e ON e.to_id = x.id WHERE e.from_id = $1"},
		{Nodes.Prev, "SELECT x.id FROM node x JOIN edge e ON e.from_id = x.id WHERE e.to_id = $1"},
	}[r.IntN(3)]
	part, sql := rel.x.Where(), rel.sql+" AND x.gone IS NULL"
	for range r.IntN(3) {
		c := nodeCondition(r, 2)
		part, sql = part.Where(c.x), sql+" AND "+c.sql
	}
	sql += " ORDER BY "
	for range r.IntN(3) {
		k := nodeKey(r)
		part, sql = part.OrderBy(k.x), sql+k.sql+", "
	}
	part, sql = part.OrderBy(Nodes.ID.Desc()), sql+"x.id DESC"
	leaves, leafSQL := Nodes.Leaves.Where(), "SELECT x.id FROM leaf x JOIN node n ON x.code = n.code WHERE n.id = $1"
	if k := r.Int32N(4); r.IntN(2) == 0 {
		leaves, leafSQL = Nodes.Big.Where(expr.Or(Leaves.N.Gt(k), Leaves.Name.Eq("l1"))), leafSQL+fmt.Sprintf(" AND x.n > 2 AND (x.n > %d OR x.name = 'l1')", k)
	}
	leaves, leafSQL = leaves.OrderBy(Leaves.N.Desc(), Leaves.ID), leafSQL+" ORDER BY x.n DESC, x.id"
	fruits, fruitSQL := Nodes.Fruits.OrderBy(Fruits.Name.Desc(), Fruits.ID),
		"SELECT id FROM fruit WHERE id IN (SELECT fruit_id FROM basket WHERE node_id = $1 AND gone IS NULL) ORDER BY name DESC, id"
	if r.IntN(2) == 0 {
		n := 1 + r.IntN(4)
		limit := fmt.Sprint(" LIMIT ", n)
		part, sql, leaves, leafSQL, fruits, fruitSQL = part.First(n), sql+limit, leaves.First(n), leafSQL+limit, fruits.First(n), fruitSQL+limit
	}
	sameParts(t, eng, run, of, part.Load(Nodes.Parent, Nodes.Next), func(n *Node) int64 { return n.ID }, sql)
	sameParts(t, eng, run, of, leaves, func(l *Leaf) int64 { return l.ID }, leafSQL)
	sameParts(t, eng, run, of, fruits, func(f *Fruit) int64 { return f.ID }, fruitSQL)
}

// TestLinkTableWithFilter: rows of a mapped link table that its filter hides are no pairs, and a pair that is there twice is one target, for lists, their
// parts, counts and conditions alike.
func TestLinkTableWithFilter(t *testing.T) {
	t.Parallel()
	eng := openWood(t)
	_, err := eng.Pool().Exec(ctx, `INSERT INTO node (id, name) VALUES (1, 'a'), (2, 'b'); INSERT INTO fruit (id, name) VALUES (1, 'x'), (2, 'y'), (3, 'z');
		INSERT INTO basket (id, node_id, fruit_id, gone) VALUES (1, 1, 1, NULL), (2, 1, 1, NULL), (3, 1, 2, NULL), (4, 1, 3, now()), (5, 2, 3, NULL), (6, 2, 2, now())`)
	ok(t, err)
	names := func(fs []*Fruit) (text string) {
		for _, f := range fs {
			text += f.Name
		}
		return text
	}
	want := []string{"xy", "z"}
	for name, q := range map[string]query.Query[*Node]{
		"together": query.Select(Nodes).Load(Nodes.Fruits),
		"alone":    query.Select(Nodes).Filter(Nodes.ID.Eq(1)),
	} {
		s := begin(t, eng)
		ns := must[[]*Node](t)(q.OrderBy(Nodes.ID).All(ctx, s))
		parts := must[[][]*Fruit](t)(session.Lists(ctx, s, ns, Nodes.Fruits.OrderBy(Fruits.ID).First(2)))
		for i, n := range ns {
			equal(t, name, names(must[[]*Fruit](t)(n.Fruits.All(ctx))), want[i])
			equal(t, name+", the first two", names(parts[i]), want[i])
			equal(t, name+", the count", must[int64](t)(query.Select(Nodes.Fruits.Count()).Filter(Nodes.ID.Eq(n.ID)).One(ctx, s)), int64(len(want[i])))
		}
	}
	equal(t, "nodes with z", must[int64](t)(query.Select(Nodes).Filter(Nodes.Fruits.Any(Fruits.Name.Eq("z"))).Count(ctx, eng)), 1)
}
