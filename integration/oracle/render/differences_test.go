package render_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// deviation is a difference that is meant to be.
type deviation struct {
	why   string
	gives string // JSON of the result or rows that Cupel gives instead
	came  string // JSON of the rows that the statement made or changed, if any
	fails string // part of the error that it gives instead
}

// mismatch says in what an outcome is not the one that is listed; o is nil where the compiler refuses the code.
func (d deviation) mismatch(o *outcome, before tables) string {
	switch {
	case d.fails == refusedByCompiler:
		if o != nil {
			return "it compiles"
		}
	case o == nil:
		return "it does not compile"
	case d.fails != "":
		if o.err == nil || !strings.Contains(o.err.Error(), d.fails) {
			return fmt.Sprintf("want an error with %q, it gives %s", d.fails, o)
		}
	case o.err != nil:
		return o.err.Error()
	case o.prepared != nil:
		return o.prepared.Error()
	default:
		want, err := decode([]byte(d.gives))
		if err != nil {
			return err.Error()
		}
		if got := text(plain(o.value)); got != text(want) {
			return fmt.Sprintf("want %s, it gives %s", text(want), got)
		}
		return d.wrongRows(o, before)
	}
	return ""
}

func (d deviation) wrongRows(o *outcome, before tables) string {
	var all, want []string
	for _, n := range slices.Sorted(maps.Keys(before)) {
		_, came := difference(before[n], o.after[n])
		all = append(all, came...)
	}
	if d.came != "" {
		want = []string{d.came}
	}
	if !slices.Equal(all, want) {
		return fmt.Sprintf("want the row %s to come, it is %v", d.came, all)
	}
	return ""
}

// refusedByCompiler is in the place of an error that comes before the program runs.
const refusedByCompiler = "refused by the compiler"

// differences are all cases in which Cupel does something else than SQLAlchemy, and why it should.
var differences = map[string]deviation{
	"basics.cartesian": {
		why:   "tables that nothing connects are an error, not a cartesian product with a warning",
		fails: "nothing connects these tables",
	},
	"bool_logic.or_empty": {why: "Or of nothing is FALSE; SQLAlchemy leaves it out, with a warning that it will not", gives: "[]"},
	"filter.numeric_string_value": {
		why: "a text for an integer column: SQLAlchemy leaves it to the server to make it one", fails: refusedByCompiler,
	},
	"like.contains_backslash": {
		why:   `Contains takes %, _ and \ for themselves: it finds the backslash, where SQLAlchemy finds a text that ends in %`,
		gives: "[10]",
	},
	"limit_offset.limit_then_filter": {
		why:   "the order of Filter and Limit does not matter, as in SQLAlchemy's select(); its older Query refuses it",
		gives: `[{"entity": "Customer", "identity": [2]}, {"entity": "Customer", "identity": [3]}]`,
	},
	"distinct.distinct_order_other": {
		why:   "no column is selected that was not asked for, as in SQLAlchemy's select(); its older Query adds the sort key",
		fails: "42P10",
	},
	"join.self_inferred": {
		why: "the error is that the table is there twice; SQLAlchemy says that it does not know how to join", fails: "join another name for it",
	},
	"join.m2m_explicit": {
		why:   "a selected table that is joined later is no candidate to join to, so there is nothing to choose from",
		gives: `[[1, "vip"], [1, "new"], [2, "new"], [3, "vip"], [6, "vip"], [6, "late-payer"], [8, "new"]]`,
	},
	"join.ambiguous_left":  {why: "as basics.cartesian", fails: "nothing connects these tables"},
	"join.duplicate_table": {why: "the mistake is found before the server finds it", fails: "join another name for it"},
	"update.alias_target": {
		why:   "an alias can be updated: UPDATE tag AS t; SQLAlchemy fails on it",
		gives: "1", came: `{"id":1,"name":"al"}`,
	},
	"insert.multi_values_extra_key": {
		why:   "rows with different columns are an error; SQLAlchemy drops what the first row does not have",
		fails: "names the same columns",
	},
	"quoting.insert_quoted": {
		why: "columns are named by their fields, whatever their name in the database", gives: "1",
		came: `{"CamelName":"y","has space":null,"id":9,"order":1,"pct%":null,"select":"x"}`,
	},
	"text.text_colon_escape": {
		why:   "placeholders are ?, and a quoted text has none, so a colon means nothing",
		gives: `[["2024-01-01 00:00:00", ":x", "a\\:b"]]`,
	},
	"arith.string_plus_int": {why: "a text has no +; SQLAlchemy leaves it to the server to say so", fails: refusedByCompiler},
	"arith.int_plus_string": {why: "a text for an integer; SQLAlchemy leaves it to the server to say so", fails: refusedByCompiler},
	"functions.sum_avg": {
		why:   "Avg of integers is a float64, as its comment says; Agg has all digits",
		gives: `[["1676.25", 3.6666666666666665]]`,
	},
	"functions.extract_year": {why: "Extract is a float64, as its comment says", gives: "[2024]"},
	"case_cast_label.cast_jsonb": {
		why: "JSON text that is cast to jsonb is that document; SQLAlchemy makes a JSON string of it first", gives: "[1]",
	},
	"functions.generate_series": {why: "a function's column has the name that the table has", gives: "[1, 2, 3]"},
	"subquery.scalar_two_columns": {
		why: "a scalar is one expression; SQLAlchemy leaves it to the server to say so", fails: refusedByCompiler,
	},
	"subquery.in_subquery_two_columns": {
		why: "a key is compared with one expression; SQLAlchemy leaves it to the server to say so", fails: refusedByCompiler,
	},
	"query_calls.first_none":                  {why: noRow, fails: "no rows"},
	"query_calls.get_missing":                 {why: noRow, fails: "no rows"},
	"query_calls.select_joinedload_no_unique": {why: "a relationship is loaded by a statement of its own, which repeats no row", gives: "10"},
	"query_calls.select_scalar_one_or_none":   {why: noRow, fails: "no rows"},
}

const noRow = "no row is the error query.ErrNoRows, where Python gives None"
