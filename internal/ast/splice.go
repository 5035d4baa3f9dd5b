package ast

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/arg"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// stated is a statement of package query.
type stated interface{ CupelStatement() Statement }

var errUncorrelated = errors.New("a Cupel query inside a builder of another library cannot see the tables of the statement around, " +
	"and reads one of them anew: give it to expr.Raw as an argument")

// RawText returns SQL text of the program's. An argument that is SQL itself, an expression, a statement or a builder of
// squirrel's, is written in its place: "lower(?)" of a column is "lower(product.name)".
func RawText(text string, args []any) Raw {
	r := Raw{}
	if len(args) == 1 {
		if values, ok := args[0].(arg.Named); ok {
			var err error
			if text, args, err = named(text, values); err != nil {
				r.Build = func() (string, []any, error) { return "", nil, err }
				return r
			}
		}
	}
	for i, a := range args {
		n := splice(a)
		if n == nil {
			continue
		}
		if r.Parts == nil {
			args = slices.Clone(args)
		}
		args[i], r.Parts = n, append(r.Parts, n)
	}
	r.Build = func() (string, []any, error) { return text, args, nil }
	return r
}

// Foreign returns the SQL of a builder of squirrel's; of an expression or a statement of ours, which are such builders too, its
// own node, since text would have forgotten the tables around it.
func Foreign(s arg.SQLizer) Node {
	if IsNil(s) {
		return &Bad{Err: ErrNil}
	}
	return splice(s)
}

// splice returns the node of an argument that is SQL, nil of a value.
func splice(a any) Node {
	switch x := a.(type) {
	case Node:
		return x
	case interface{ Node() Node }:
		return Of(x)
	case stated:
		if IsNil(x) {
			return &Bad{Err: ErrNil}
		}
		return &Sub{Stmt: x.CupelStatement()}
	case arg.SQLizer:
		if IsNil(x) {
			return &Bad{Err: ErrNil}
		}
		return &Raw{Build: x.ToSql, From: x}
	}
	return nil
}

// appendArgument writes what stands in a placeholder's place. A builder's text is written as squirrel writes it, without
// parentheses; an expression has them unless commas or parentheses are around it already, a statement unless those are its own.
func appendArgument(w *sqlw.Writer, a any, enclosed, statement bool) {
	n := splice(a)
	switch x := n.(type) {
	case *Sub:
		if statement && x.Word == "" {
			x.Stmt.AppendSQL(w)
			return
		}
	case nil:
		w.Arg(nil, a)
		return
	case *Raw:
		enclosed = enclosed || x.From != nil
	case *Order:
		enclosed = true
	}
	if enclosed {
		n.AppendSQL(w)
		return
	}
	Operand(w, n, sqlw.PrecAtom)
}

// enclosed reports whether what is between the two texts is a whole element of a list in parentheses.
func enclosed(before, after string) bool {
	before, after = strings.TrimRight(before, " \n\t"), strings.TrimLeft(after, " \n\t")
	return before != "" && after != "" && strings.IndexByte("(,", before[len(before)-1]) >= 0 && strings.IndexByte("),", after[0]) >= 0
}

// beforeStatement are the words after which a statement stands in parentheses.
var beforeStatement = []string{"ALL", "ANY", "ARRAY", "AS", "EXISTS", "FROM", "IN", "JOIN", "LATERAL", "MATERIALIZED", "SOME"}

// takesStatement reports whether the parentheses between the two texts are a statement's own: "WITH x AS (" and ")".
func takesStatement(before, after string) bool {
	before, ok := strings.CutSuffix(strings.TrimRight(before, " \n\t"), "(")
	words := strings.Fields(before)
	return ok && len(words) > 0 && slices.Contains(beforeStatement, strings.ToUpper(words[len(words)-1])) &&
		strings.HasPrefix(strings.TrimLeft(after, " \n\t"), ")")
}

// uncorrelated reports whether a builder's text reads a table of a statement around because of a query of ours inside it: asked
// for its text by the builder, the query could not know that the table is there already.
func uncorrelated(w *sqlw.Writer, text string, from any) bool {
	for _, t := range w.Seen() {
		table, ok := t.(*Table)
		if ok && HasWord(text, table.Called()) && holdsStatement(reflect.ValueOf(from), 0, map[uintptr]bool{}) {
			return true
		}
	}
	return false
}

var (
	statedType = reflect.TypeFor[stated]()
	nodedType  = reflect.TypeFor[interface{ Node() Node }]()
)

// holdsStatement reports whether a statement of ours is somewhere in v. A builder of squirrel's is a tree, some twenty deep, and
// each pointer is followed once. An expression of ours is not looked into: it names its tables.
func holdsStatement(v reflect.Value, depth int, met map[uintptr]bool) bool {
	const deepest = 100
	if !v.IsValid() || depth > deepest || v.Type().Implements(nodedType) {
		return false
	}
	if v.Kind() != reflect.Interface && v.Type().Implements(statedType) {
		return true
	}
	within := func(v reflect.Value) bool { return holdsStatement(v, depth+1, met) }
	switch v.Kind() {
	case reflect.Interface:
		return within(v.Elem())
	case reflect.Pointer:
		if met[v.Pointer()] {
			return false
		}
		met[v.Pointer()] = true
		return within(v.Elem())
	case reflect.Struct:
		return anyOf(v.NumField(), v.Field, within)
	case reflect.Slice, reflect.Array:
		return anyOf(v.Len(), v.Index, within)
	case reflect.Map:
		keys := v.MapKeys()
		return anyOf(len(keys), func(i int) reflect.Value { return v.MapIndex(keys[i]) }, within)
	}
	return false
}

func anyOf(n int, at func(int) reflect.Value, holds func(reflect.Value) bool) bool {
	for i := range n {
		if holds(at(i)) {
			return true
		}
	}
	return false
}
