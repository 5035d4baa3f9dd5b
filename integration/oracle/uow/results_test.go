package uow_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// observations compares what the script noted, in order.
func (c *comparison) observations() {
	ours := c.run.observed
	for i, want := range c.rec.Observations {
		if i >= len(ours) {
			c.problem("observation %q is missing", want.Label)
			continue
		}
		if got := ours[i]; got.Label != want.Label || !c.sameObservation(want, got) {
			c.problem("observation %s, want %s", describe(got), describe(want))
		}
	}
	for _, got := range ours[min(len(ours), len(c.rec.Observations)):] {
		c.problem("observation %s is not in the recording", describe(got))
	}
}

func describe(o observation) string {
	switch {
	case o.err != nil:
		return fmt.Sprintf("%q: error %v", o.Label, o.err)
	case o.Error != nil:
		return fmt.Sprintf("%q: error %s: %.90s", o.Label, o.Error.Class, o.Error.Message)
	}
	return fmt.Sprintf("%q: %s", o.Label, text(o.Value))
}

func (c *comparison) sameObservation(want, got observation) bool {
	if want.Error != nil && sameKind(want.Error, got.err) {
		return true
	}
	if want.Error == nil && got.err == nil {
		w, g := text(want.Value), text(got.Value)
		if w == g || c.sameTimes(w, g) {
			return true
		}
	}
	for _, d := range c.named {
		if d.observes != nil && d.observes(want, got) {
			c.used[d] = true
			return true
		}
	}
	return false
}

var clockTime = regexp.MustCompile(`2024-01-01[T ]00:00:\d\d`)

// sameTimes reports whether two texts are the same but for times of the clock, where a difference of times is named.
func (c *comparison) sameTimes(want, got string) bool {
	for _, d := range []*difference{fewerTimes, timesInTurn} {
		if c.names(d) && want != got && clockTime.ReplaceAllString(want, "…") == clockTime.ReplaceAllString(got, "…") {
			c.used[d] = true
			return true
		}
	}
	if c.names(keepsDefaults) && want != got && defaulted.ReplaceAllString(want, "…") == defaulted.ReplaceAllString(got, "…") {
		c.used[keepsDefaults] = true
		return true
	}
	return false
}

// defaulted finds what the defaults of the scenarios give.
var defaulted = regexp.MustCompile(`2024-01-01[T ]00:00:\d\d|code-\d`)

// tables compares what the tables hold at the end.
func (c *comparison) tables() {
	for _, name := range slices.Sorted(maps.Keys(c.rec.Tables)) {
		want := lines(c.rec.Tables[name])
		got, err := c.run.rows(name)
		if err != nil {
			c.problem("table %s: %v", name, err)
			continue
		}
		if g := lines(got); g != want && !c.sameRows(want, g) {
			c.problem("table %s has\n\t\t%s\n\twant\n\t\t%s", name, g, want)
		}
	}
}

func (c *comparison) sameRows(want, got string) bool {
	if c.sameTimes(want, got) {
		return true
	}
	if c.names(keysByShape) && withoutKeys(want) == withoutKeys(got) {
		c.used[keysByShape] = true
		return true
	}
	return false
}

var generatedKey = regexp.MustCompile(`"id":\d+,`)

func withoutKeys(rows string) string {
	all := strings.Split(generatedKey.ReplaceAllString(rows, ""), "\n\t\t")
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// lines writes rows, sorted, one a line.
func lines(rows []map[string]any) string {
	all := make([]string, len(rows))
	for i, r := range rows {
		all[i] = text(r)
	}
	slices.Sort(all)
	return strings.Join(all, "\n\t\t")
}

// rows returns the committed rows of a table.
func (r *run) rows(table string) ([]map[string]any, error) {
	var found string
	sql := "SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text FROM " + table + " t"
	if err := r.other.QueryRow(ctx, sql).Scan(&found); err != nil {
		return nil, err
	}
	var rows []map[string]any
	err := json.Unmarshal([]byte(found), &rows)
	return rows, err
}

// wantRows asserts the rows of a table: each as the JSON of some of its columns, in any order.
func (r *run) wantRows(table, columns string, want ...string) {
	r.wants++
	var got []string
	sql := "SELECT coalesce(array_agg(row_to_json(t)::text ORDER BY row_to_json(t)::text), '{}') FROM (SELECT " +
		columns + " FROM " + table + ") t"
	r.check(r.other.QueryRow(ctx, sql).Scan(&got))
	slices.Sort(want)
	if g, w := strings.Join(got, " "), strings.Join(want, " "); g != w {
		r.problem("table %s has %s, want %s", table, g, w)
	}
}

// contained: all that SQLAlchemy has loaded, Cupel has too.
func contained(theirs, ours observation) bool {
	t, ok := theirs.Value.([]any)
	o, both := ours.Value.([]any)
	return ok && both && strings.HasPrefix(theirs.Label, "loaded") && !slices.ContainsFunc(t, func(v any) bool {
		return !slices.Contains(o, v)
	})
}
