package stmt

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Select is a SELECT. A query copies it with each of its methods, so what few queries have is in Rare.
type Select struct {
	whole
	List

	Joins  []Join
	Where  []ast.Node
	Group  []ast.Node
	Order  []ast.Node
	Limit  Bound
	Offset Bound
	More   *Rare // never changed, since other queries may have it too; nil: nothing
}

// Rare is what few queries have.
type Rare struct {
	From     []*ast.Table // tables that are named: they are this statement's own, whatever is around it
	Having   []ast.Node
	Windows  []*ast.Window // named
	Distinct bool
	On       []ast.Node // of DISTINCT ON
	Ties     bool       // FETCH FIRST … WITH TIES instead of LIMIT
	Locks    []Lock
	Prefix   []ast.Node // after SELECT; see Affix
	Suffix   []ast.Node // after everything
	Open     Open       // tables that are read without their filters
	Err      error      // the first mistake in building it
}

var nothingRare Rare

// Rare returns what few queries have, to be read only.
func (s *Select) Rare() *Rare {
	if s.More == nil {
		return &nothingRare
	}
	return s.More
}

// Change returns a copy of what few queries have, which is this statement's own.
func (s *Select) Change() *Rare {
	own := *s.Rare()
	s.More = &own
	return s.More
}

// Fail records a mistake unless there is an earlier one.
func (s *Select) Fail(err error) {
	if s.Rare().Err == nil {
		s.Change().Err = err
	}
}

// Bare reports whether there is nothing but a SELECT list.
func (s *Select) Bare() bool {
	r := s.Rare()
	return s.Child(len(s.Items)) == nil && s.Limit == Bound{} && s.Offset == Bound{} && !r.Distinct && len(r.Locks) == 0
}

// Select returns the statement with these items as its SELECT list.
func (s *Select) Select(items ...ast.Node) ast.Statement {
	own := *s
	own.List = List{Items: items}
	return &own
}

// exprs returns the expressions, clause by clause.
func (s *Select) exprs() [8][]ast.Node {
	r := s.Rare()
	return [...][]ast.Node{s.Items, s.Where, s.Group, r.Having, s.Order, r.On, r.Prefix, r.Suffix}
}

// Child returns an expression, a table that is named, or a join; at last the bounds.
func (s *Select) Child(i int) ast.Node {
	at := ast.At(i)
	for _, clause := range s.exprs() {
		at = at.List(clause)
	}
	return ast.PassEach(ast.Pass(ast.Pass(at, s.Rare().From), s.Rare().Windows), s.Joins).One(s.Limit.X).One(s.Offset.X).Node
}

// AppendSQL writes the SELECT, a clause a line where SQLAlchemy begins one, behind the WITH that it needs.
func (s *Select) AppendSQL(w *sqlw.Writer) {
	m := w.Begin()
	s.append(w)
	if w.Needed(m) != nil {
		own := *s // which alone goes to the heap
		appendWith(w, m, &own)
		s.append(w)
	}
	w.End()
}

func (s *Select) append(w *sqlw.Writer) {
	var (
		tables [4]*ast.Table
		roots  [2]*ast.Table
		joins  [2]placed
	)
	r := s.Rare()
	switch {
	case r.Err != nil:
		w.Fail(r.Err)
		return
	case len(s.Items) == 0:
		w.Fail(ErrEmpty)
		return
	}
	f, err := resolve(w, s.mentioned(tableSet{tables: tables[:0]}), s.Joins, s.Where, forest{roots: roots[:0], placed: joins[:0]})
	if err == nil {
		err = s.checkOuter(f)
	}
	if err != nil {
		w.Fail(err)
		return
	}
	f = f.filter(w, r.Open)
	w.Text("SELECT ")
	outer := w.Enter()
	f.see(w)
	r.appendBefore(w)
	s.List.appendSQL(w)
	w.Leave(outer)
	outer = w.Enter()
	f.appendSQL(w)
	s.appendClauses(w, f)
	w.Leave(outer)
}

// mentioned adds the tables that are named, selected, and mentioned elsewhere, in this order. Those of joins are not among
// them.
func (s *Select) mentioned(set tableSet) tableSet {
	tables, r := set.tables, s.Rare()
	for _, t := range r.From {
		tables = addTable(tables, t)
	}
	set.named = len(tables)
	if s.Whole != nil {
		tables = addTable(tables, s.Whole)
	} else {
		tables = mentionAll(tables, s.Items)
	}
	set.leading = len(tables)
	tables = mentionAll(mentionAll(tables, s.Where), s.Group)
	if s.More != nil {
		for _, v := range r.Windows {
			tables = mention(tables, v)
		}
		tables = mentionAll(mentionAll(mentionAll(mentionAll(tables, r.Having), r.On), r.Prefix), r.Suffix)
	}
	set.tables = mentionAll(tables, s.Order)
	return set
}

// Named returns the tables that are named or selected.
func (s *Select) Named() []*ast.Table {
	set := s.mentioned(tableSet{})
	return set.tables[:set.leading]
}

// appendBefore writes what stands between SELECT and the list.
func (r *Rare) appendBefore(w *sqlw.Writer) {
	for _, n := range r.Prefix {
		n.AppendSQL(w)
		w.Byte(' ')
	}
	if r.Distinct {
		w.Text("DISTINCT ")
	}
	if len(r.On) > 0 {
		w.Text("DISTINCT ON (")
		appendList(w, r.On)
		w.Text(") ")
	}
}

// appendClauses writes everything after FROM.
func (s *Select) appendClauses(w *sqlw.Writer, f forest) {
	f.appendWhere(w, " \nWHERE ", s.Where)
	s.shareArguments(w)
	if len(s.Group) > 0 {
		w.Text(" GROUP BY ")
		appendList(w, s.Group)
	}
	appendConditions(w, " \nHAVING ", s.Rare().Having)
	for i, v := range s.Rare().Windows {
		if i == 0 {
			w.Text(" \nWINDOW ")
		} else {
			w.Text(", ")
		}
		w.Ident(v.Name)
		w.Text(" AS ")
		v.AppendSQL(w)
	}
	s.AppendOrder(w)
	s.appendLimit(w)
	for i := range s.Rare().Locks {
		s.Rare().Locks[i].appendSQL(w, f)
	}
	for _, n := range s.Rare().Suffix {
		w.Byte(' ')
		n.AppendSQL(w)
	}
}

// AppendOrder writes ORDER BY; nothing where there is none.
func (s *Select) AppendOrder(w *sqlw.Writer) {
	for i, n := range s.Order {
		if i == 0 {
			w.Text(" ORDER BY ")
		} else {
			w.Text(", ")
		}
		s.appendKey(w, n)
	}
}

// appendKey writes a sort key; a label that is selected by its name.
func (s *Select) appendKey(w *sqlw.Writer, n ast.Node) {
	o, _ := n.(*ast.Order)
	if o != nil {
		n = o.X
	}
	if l, ok := n.(*ast.Label); ok && slices.Contains(s.Items, n) {
		w.Ident(l.Name)
	} else {
		n.AppendSQL(w)
	}
	if o != nil {
		o.AppendDirection(w)
	}
}
