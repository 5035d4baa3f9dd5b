package query_test

import (
	"math/rand/v2"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// maker makes a statement of a world, with names and values of its own. Two of one seed make the same statement.
type maker struct {
	world
	random *rand.Rand
	names  []string
	tame   bool
}

// name is a name that the statement has not used.
func (m *maker) name() string {
	name := m.names[0]
	m.names = m.names[1:]
	if m.tame {
		return tame(name)
	}
	return name
}

// value is a text.
func (m *maker) value() string {
	v := hostileValues[m.random.IntN(len(hostileValues))]
	if m.tame {
		return "v"
	}
	return v
}

// some reports, half of the time, true.
func (m *maker) some() bool { return m.random.IntN(2) == 0 }

// condition is of the columns of a table.
func (m *maker) condition(o *odds) expr.Condition {
	v := m.value()
	switch m.random.IntN(10) {
	case 0:
		return o.A.Eq(v)
	case 1:
		return o.Nick.IsNotDistinctFrom(v)
	case 2:
		return expr.Or(o.A.HasPrefix(v), o.B.Contains(m.value()))
	case 3:
		return o.A.In(v, m.value(), m.value()).Not()
	case 4:
		return expr.Case[expr.Text]().When(o.A.Eq(v), m.value()).WhenExpr(o.B.Ne(v), o.A).Else(m.value()).Ne("-")
	case 5:
		return expr.Raw[expr.Bool]("lower(@col) <> @word OR @word = '?'", expr.Named{"col": o.A, "word": v})
	case 6:
		return expr.Raw[expr.Bool](`lower(?) <> ? OR '{}'::jsonb ?? 'a' /* ? */ AND '?"' <> "current_user"() -- ?`+"\n", o.A, v)
	case 7:
		return expr.Where(sq.Or{sq.Expr("? <> ?", o.A, v), sq.Expr("'{}'::jsonb ?? ?", m.value())})
	case 8:
		return expr.JSONAs[expr.NullText](expr.JSONObject(expr.Key(m.name(), o.A), expr.Key(v+"k", o.B)), v, m.value()).IsNull()
	default:
		return expr.Cast[expr.Text](o.ID, "varchar(10)").Ne(v)
	}
}

// kinds of statements, each with the names that its columns are to have.
var kinds = map[string]func(*maker) (statement, []string){
	"joins": func(m *maker) (statement, []string) {
		o, s, up, label := m.odd, m.side, model.Alias(m.odd, m.name()), m.name()
		item := up.A.Concat(m.value()).As(label)
		q := query.Select4(o.A, item.OrNull(), s.Word.OrNull(), o.ID).LeftJoin(up, up.ID.EqExpr(o.Up)).LeftJoin(s, s.OddID.EqExpr(o.ID)).Filter(m.condition(o))
		if m.some() {
			q = q.Unfiltered(s)
		}
		q = q.OrderBy(o.ID, s.No).Limit(3)
		return q, []string{m.world.names[4], label, m.world.names[12], m.world.names[3]}
	},
	"a nested join": func(m *maker) (statement, []string) {
		o, s, up := m.odd, model.Alias(m.side, m.name()), model.Alias(m.odd, m.name())
		q := query.Select2(o.A, up.B.OrNull()).LeftJoin(query.Nested(up).Join(s, s.OddID.EqExpr(up.ID)), up.ID.EqExpr(o.Up)).Filter(m.condition(o)).OrderBy(o.ID)
		return q.ForUpdate(query.LockOf(o)), []string{m.world.names[4], m.world.names[5]}
	},
	"a subquery": func(m *maker) (statement, []string) {
		o, label := m.odd, m.name()
		n := expr.Concat(o.A, expr.Val(m.value())).As(label)
		d := query.Sub(m.name(), query.Select2(o.ID, n).Filter(m.condition(o)))
		e := d.As(m.name())
		q := query.Select3(query.Col(d, o.ID), query.Col(e, n), query.Col(d, n)).Join(e, query.Col(d, n).EqExpr(query.Col(e, n))).OrderBy(query.Col(d, o.ID), query.Col(e, o.ID))
		return q, []string{m.world.names[3], label, label}
	},
	"lateral": func(m *maker) (statement, []string) {
		o, s := m.odd, m.side
		last := query.LateralOf(m.name(), s, query.Select(s).Filter(s.OddID.EqExpr(o.ID), s.Word.Ne(m.value())).OrderBy(s.No.Desc()).Limit(1))
		return query.Select2(o.A, last.Word.OrNull()).LeftJoin(last, expr.True()).Filter(expr.Exists(query.From(s).Filter(s.OddID.EqExpr(o.ID)))).OrderBy(o.ID),
			[]string{m.world.names[4], m.world.names[12]}
	},
	"WITH": func(m *maker) (statement, []string) {
		o, label := m.odd, m.name()
		x := o.B.Concat("?").As(label)
		with := query.WithMaterialized[query.Row2[int64, string]]
		if m.some() {
			with = query.With[query.Row2[int64, string]]
		}
		w := with(m.name(), query.Select2(o.ID, x).Filter(m.condition(o)))
		v := query.WithOf(m.name(), o, query.Select(o).Filter(o.ID.InRows(o.ID, query.Select(query.Col(w, o.ID)))))
		return query.Select2(query.Col(w, x), v.A).Join(v, v.ID.EqExpr(query.Col(w, o.ID))).OrderBy(v.ID), []string{label, m.world.names[4]}
	},
	"WITH RECURSIVE": func(m *maker) (statement, []string) {
		o, path := m.odd, m.name()
		p := expr.Cast[expr.Text](o.A.Concat(m.value()), "text").As(path)
		tree := query.Recursive(m.name(), query.Select2(o.ID, p).Filter(o.Up.IsNull(), m.condition(o)), func(self query.Source) expr.Rows {
			return query.Select2(o.ID, query.Col(self, p).Concat(m.value())).Join(self, query.Col(self, o.ID).EqExpr(o.Up))
		})
		return query.Select2(query.Col(tree, o.ID), query.Col(tree, p)).OrderBy(query.Col(tree, o.ID)), []string{m.world.names[3], path}
	},
	"WITH that changes": func(m *maker) (statement, []string) {
		o := m.odd
		w := query.With(m.name(), query.Returning2(query.Update(o).Set(o.B.To(m.value()), o.Nick.ToNull()).Filter(m.condition(o)), o.ID, o.A))
		return query.Select2(query.Col(w, o.ID), query.Col(w, o.A)).OrderBy(query.Col(w, o.ID)), []string{m.world.names[3], m.world.names[4]}
	},
	"windows": func(m *maker) (statement, []string) {
		o, label := m.odd, m.name()
		w := expr.Window{}.PartitionBy(o.Nick).OrderBy(o.A).As(m.name())
		more := expr.Window{}.PartitionBy(o.B).As(m.name())
		rank := expr.Over(expr.RowNumber(), w).As(label)
		q := query.Select3(rank, expr.Over(expr.Lag(o.A), w), expr.Over(expr.CountAll(expr.Filter(m.condition(o))), more.Extend().OrderBy(o.ID).Rows(expr.Preceding(1), expr.CurrentRow()))).Window(w, more)
		return q.OrderBy(rank, o.ID), []string{label, "lag", "count"}
	},
	"grouping": func(m *maker) (statement, []string) {
		o, label := m.odd, m.name()
		n := expr.StringAgg(o.A, m.value(), expr.OrderBy(o.ID), expr.Filter(m.condition(o))).As(label)
		q := query.Select2(o.B.OrNull(), n)
		switch m.random.IntN(4) {
		case 0:
			q = q.GroupBy(expr.GroupingSets(expr.Keys(o.B, o.Nick), expr.Keys(o.B), expr.Keys()))
		case 1:
			q = q.GroupBy(expr.Rollup(o.B, o.Nick))
		case 2:
			q = q.GroupBy(expr.Cube(o.B, o.Nick))
		default:
			q = q.GroupBy(o.B)
		}
		return q.Having(expr.Max(o.A).Ne(m.value())).OrderBy(o.B.Desc().NullsLast(), n), []string{m.world.names[5], label}
	},
	"a set operation": func(m *maker) (statement, []string) {
		o, label := m.odd, m.name()
		x := o.A.As(label)
		one, two := query.Select2(x, o.ID).Filter(m.condition(o)), query.Select2(o.B, o.ID).Filter(m.condition(o)).OrderBy(o.ID).Limit(2)
		return query.Union(one, two, query.ExceptAll(one, two)).OrderBy(x, o.ID).Limit(5), []string{label, m.world.names[3]}
	},
	"VALUES": func(m *maker) (statement, []string) {
		o := m.odd
		first, second := m.name(), m.name()
		id, text := query.Define[expr.Int](first), query.Define[expr.Text](second)
		v := query.Values2(m.name(), id, text, query.Row2[int64, string]{V1: 1, V2: m.value()}, query.Row2[int64, string]{V1: 2, V2: m.value()})
		return query.Select3(query.Col(v, id), query.Col(v, text), o.A).Join(o, o.ID.EqExpr(query.Col(v, id))).OrderBy(o.ID), []string{first, second, m.world.names[4]}
	},
	"functions": func(m *maker) (statement, []string) {
		names := []string{m.name(), m.name(), m.name(), m.name()}
		item, no := query.Define[expr.Text](names[0]), query.Define[expr.Int](names[1])
		key, value := query.Define[expr.Text](names[2]), query.Define[expr.JSON](names[3])
		u := query.Ordinality(m.name(), expr.Func[expr.Text]("unnest", expr.Val([]string{m.value(), m.value()})), item, no)
		e := query.FunctionOf(m.name(), expr.Func[expr.JSON]("jsonb_each", expr.JSONVal(map[string]string{m.value(): m.value()})), key, value)
		return query.Select4(query.Col(u, item), query.Col(u, no), query.Col(e, key), query.Col(e, value)).From(u).CrossJoin(e).OrderBy(query.Col(u, no)), names
	},
	"a record": func(m *maker) (statement, []string) {
		first, second := m.name(), m.name()
		text, n := query.Define[expr.NullText](first), query.Define[expr.NullInt](second)
		r := query.Record(m.name(), expr.Func[expr.JSON]("jsonb_to_recordset", expr.JSONVal([]map[string]any{{first: m.value(), second: 1}})), text, n)
		return query.Select2(query.Col(r, text), query.Col(r, n)), []string{first, second}
	},
	"JSON": func(m *maker) (statement, []string) {
		o, label, key := m.odd, m.name(), m.name()
		doc := expr.JSONObject(expr.Key(key, o.A), expr.Key(key+"2", expr.JSONArray(o.B, expr.Val(m.value()))))
		return query.Select3(doc.As(label), expr.JSONAs[expr.NullText](doc, key), expr.RowToJSON(o).As(key)).Filter(m.condition(o)).OrderBy(o.ID), []string{label, "?column?", key}
	},
	"a sample": func(m *maker) (statement, []string) {
		s := query.TableSample(m.name(), m.odd, query.Bernoulli(50).Repeatable(3))
		return query.Select(s).Filter(m.condition(s)).OrderBy(s.ID), m.world.names[3:8]
	},
	"distinct": func(m *maker) (statement, []string) {
		o, label := m.odd, m.name()
		x := expr.Lower(o.A).As(label)
		return query.Select2(x, o.ID).DistinctOn(x).OrderBy(x, o.ID.Desc()).Prefix("/* ' \" ? */").Suffix("-- ?? '"), []string{label, m.world.names[3]}
	},
	"text with a query": func(m *maker) (statement, []string) {
		o := m.odd
		return query.Raw[string]("SELECT x FROM (?) AS t (i, x) WHERE x <> ? AND '\"?' <> 'a'", query.Select2(o.ID, o.A).Filter(m.condition(o)), m.value()), []string{"x"}
	},
	"squirrel": func(m *maker) (statement, []string) {
		o := m.odd
		inner := query.Select(o.ID).Filter(m.condition(o))
		return query.Sqlizer[int64](sq.Select("count(*) AS n").FromSelect(sq.Select("1").Where(sq.Expr("1 IN (?)", inner)).Where(sq.NotEq{"'?'": m.value()}), "t")), []string{"n"}
	},
	"INSERT": func(m *maker) (statement, []string) {
		o := m.odd
		in := query.Insert(o).Values(o.A.To(m.value()), o.B.To("-"), o.Up.ToNull())
		switch m.random.IntN(4) {
		case 0:
			in = in.OnConflict(o.A).DoNothing()
		case 1:
			in = in.OnConstraint(m.world.names[1]).DoNothing()
		case 2:
			return query.Returning2(in.OnConstraint(m.world.names[1]).DoUpdate(o.B.ToExcluded(), o.Nick.ToExpr(o.A.Concat(m.value()).OrNull())).Filter(m.condition(o), expr.Excluded(o.A).Ne(m.value())), o.A, o.ID),
				[]string{m.world.names[4], m.world.names[3]}
		default:
			return in.OnConflict(o.A).DoUpdateAll(), nil
		}
		return in, nil
	},
	"INSERT of a query": func(m *maker) (statement, []string) {
		o, s, label := m.odd, m.side, m.name()
		in := query.Insert(s).From(query.Select2(o.ID, o.A.Concat(m.value())).Filter(m.condition(o)), s.OddID, s.Word)
		return query.Returning(in, s.Word.Concat(m.value()).As(label)), []string{label}
	},
	"MERGE": func(m *maker) (statement, []string) {
		o, s := m.odd, model.Alias(m.side, m.name())
		src := query.Sub(m.name(), query.Select2(o.ID, o.A).Filter(m.condition(o)))
		return query.Merge(s).Using(src, s.OddID.EqExpr(query.Col(src, o.ID))).WhenMatched(s.Word.Eq(m.value())).Delete().
			WhenMatched().Update(s.Word.ToExpr(query.Col(src, o.A).Concat(m.value()))).
			WhenNotMatched().Insert(s.OddID.ToExpr(query.Col(src, o.ID)), s.Word.ToExpr(query.Col(src, o.A))), nil
	},
	"UPDATE": func(m *maker) (statement, []string) {
		o, s, label := m.odd, m.side, m.name()
		up := query.Update(s).Set(s.Word.ToExpr(o.A.Concat(m.value()))).Filter(s.OddID.EqExpr(o.ID), m.condition(o))
		if m.some() {
			return up, nil
		}
		return query.Returning2(up, s.Word.As(label), o.A), []string{label, m.world.names[4]}
	},
	"DELETE": func(m *maker) (statement, []string) {
		s, o := m.side, model.Alias(m.odd, m.name())
		del := query.Delete(s).Filter(s.OddID.EqExpr(o.ID), m.condition(o), s.Word.Ne(m.value()))
		if m.some() {
			return del, nil
		}
		return query.Returning(del, s), m.world.names[10:13]
	},
	"quantified": func(m *maker) (statement, []string) {
		o, s := m.odd, m.side
		q := query.Select2(o.A, expr.Scalar(expr.Max(s.Word), query.From(s).Filter(s.OddID.EqExpr(o.ID)))).
			Filter(o.A.NeExpr(expr.AllOf(s.Word, query.From(s))), o.B.NeExpr(expr.Any[string](expr.Val(strings.Split(m.value(), "x")))))
		return q, []string{m.world.names[4], "max"}
	},
}
