package render_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/query"
)

// decode reads JSON without losing digits.
func decode(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

// text returns a value as JSON in which equal values are equal texts: 1.10 is 1.1.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	if v, err = decode(b); err != nil {
		return err.Error()
	}
	if b, err = json.Marshal(normal(v)); err != nil {
		return err.Error()
	}
	return string(b)
}

func normal(v any) any {
	switch x := v.(type) {
	case json.Number:
		if r, ok := new(big.Rat).SetString(x.String()); ok {
			return json.Number(strings.TrimRight(strings.TrimRight(r.FloatString(20), "0"), "."))
		}
	case []any:
		for i := range x {
			x[i] = normal(x[i])
		}
	case map[string]any:
		for k := range x {
			x[k] = normal(x[k])
		}
	}
	return v
}

func texts[V any](vs []V) []string {
	all := make([]string, len(vs))
	for i, v := range vs {
		all[i] = text(v)
	}
	return all
}

// mismatch says in what an outcome is not the recorded one; "" when it is.
func mismatch(d *data, o *outcome, before tables) string {
	if d.Error != nil {
		return wrongError(d.Error, o)
	}
	if o.err != nil {
		return fmt.Sprintf("it fails: %v", o.err)
	}
	if o.prepared != nil {
		return fmt.Sprintf("the server does not prepare it: %v", o.prepared)
	}
	for _, why := range []string{wrongRows(d, o), wrongCount(d, o), wrongResult(d, o), wrongChanges(d, o, before)} {
		if why != "" {
			return why
		}
	}
	return ""
}

// kinds are the errors of SQLAlchemy that have one of ours.
var kinds = []struct {
	class, message string
	is             error
}{
	{"NoResultFound", "", query.ErrNoRows},
	{"MultipleResultsFound", "", query.ErrManyRows},
	{"AmbiguousForeignKeysError", "", query.ErrAmbiguousJoin},
	{"NoForeignKeysError", "", query.ErrNoJoin},
	{"InvalidRequestError", "Don't know how to join", query.ErrNoJoin},
	{"InvalidRequestError", "Can't determine which FROM clause to join from", query.ErrAmbiguousJoin},
}

func wrongError(want *failure, o *outcome) string {
	got := state(o.err)
	switch {
	case o.err == nil:
		return fmt.Sprintf("no error, want one %s; it gives %s", want, o)
	case got != want.SQLState:
		return fmt.Sprintf("error is %v, want one %s", o.err, want)
	case (want.Stage == "build" || want.Stage == "compile") && len(o.sent) > 0:
		return fmt.Sprintf("the error comes after %q was sent, want it before: %v", o.sent, o.err)
	case got != "" && o.unbuilt:
		return fmt.Sprintf("it is not rendered, want the server's error %s", want)
	}
	for _, k := range kinds {
		if strings.HasSuffix(want.Class, "."+k.class) && strings.Contains(want.Message, k.message) && !errors.Is(o.err, k.is) {
			return fmt.Sprintf("error is %v, want %v", o.err, k.is)
		}
	}
	return ""
}

func wrongRows(d *data, o *outcome) string {
	if d.Rows == nil {
		return ""
	}
	v := reflect.ValueOf(o.value)
	if v.Kind() != reflect.Slice {
		return fmt.Sprintf("it gives %v, want rows", o)
	}
	types := make([]string, len(d.Columns))
	for i, c := range d.Columns {
		types[i] = c.PgType
	}
	got := make([]string, v.Len())
	for i := range got {
		got[i] = text(row(v.Index(i).Interface(), types))
	}
	want := texts(d.Rows)
	if !d.inOrder() {
		slices.Sort(got)
		slices.Sort(want)
	}
	if !slices.Equal(got, want) {
		return fmt.Sprintf("rows are\n\t%v\nwant\n\t%v\nsent: %s", got, want, strings.Join(o.sent, "; "))
	}
	return ""
}

func wrongCount(d *data, o *outcome) string {
	if d.RowCount == nil || d.Rows != nil {
		return ""
	}
	if got := text(o.value); got != fmt.Sprint(*d.RowCount) {
		return fmt.Sprintf("it touched %s rows, want %d; sent: %s", got, *d.RowCount, strings.Join(o.sent, "; "))
	}
	return ""
}

func wrongResult(d *data, o *outcome) string {
	if d.Kind != "call" {
		return ""
	}
	want, err := decode(d.Result)
	if err != nil {
		return err.Error()
	}
	if got := text(plain(o.value)); got != text(want) && got != text(unpacked(want)) {
		return fmt.Sprintf("result is %s, want %s; sent: %s", got, text(want), strings.Join(o.sent, "; "))
	}
	return ""
}

// unpacked returns a result with the rows of one value as the value: a Query of one thing has no row around it.
func unpacked(v any) any {
	rows, ok := v.([]any)
	if !ok {
		return v
	}
	if len(rows) == 1 {
		if _, nested := rows[0].([]any); !nested {
			return rows[0]
		}
	}
	values := make([]any, len(rows))
	for i, r := range rows {
		one, ok := r.([]any)
		if !ok || len(one) != 1 {
			return v
		}
		values[i] = one[0]
	}
	return values
}

func wrongChanges(d *data, o *outcome, before tables) string {
	for _, n := range slices.Sorted(maps.Keys(before)) {
		gone, came := difference(before[n], o.after[n])
		for _, x := range []struct {
			what      string
			got, want []string
		}{{"gone", gone, rowTexts(d.Changes[n].Gone)}, {"came", came, rowTexts(d.Changes[n].Came)}} {
			if !slices.Equal(x.got, x.want) {
				return fmt.Sprintf("table %s: rows %s are\n\t%v\nwant\n\t%v\nsent: %s",
					n, x.what, x.got, x.want, strings.Join(o.sent, "; "))
			}
		}
	}
	return ""
}

// difference returns the rows that are in one of two states of a table only.
func difference(before, after []json.RawMessage) (gone, came []string) {
	came = rowTexts(after)
	for _, r := range rowTexts(before) {
		if i := slices.Index(came, r); i >= 0 {
			came = slices.Delete(came, i, i+1)
		} else {
			gone = append(gone, r)
		}
	}
	return gone, came
}

// rowTexts returns the rows of a table, sorted. Of the text of JSON only counts whether it is NULL or null: its blanks and
// escapes are the writer's.
func rowTexts(rows []json.RawMessage) []string {
	all := make([]string, len(rows))
	for i, r := range rows {
		v, err := decode(r)
		if m, ok := v.(map[string]any); ok && err == nil {
			for _, k := range []string{"meta_text", "attrs_text"} {
				if s, ok := m[k].(string); ok && s != "null" {
					m[k] = "some"
				}
			}
		}
		all[i] = text(v)
	}
	slices.Sort(all)
	return all
}
