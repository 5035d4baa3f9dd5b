package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
)

// TestBackInAListThatWasNotLoaded: a row that left a list before it was loaded is in it again once its foreign key says so, whoever
// set that.
func TestBackInAListThatWasNotLoaded(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	seed := begin(t, eng)
	boss, other, w := &Worker{Name: "boss"}, &Worker{Name: "other"}, &Worker{Name: "w"}
	boss.Reports.Add(w)
	seed.Add(boss, other)
	ok(t, seed.Commit(ctx))

	for name, leave := range map[string]func(w, boss, other *Worker){
		"set":    func(w, _, other *Worker) { w.Boss.Set(other) },
		"unset":  func(w, _, _ *Worker) { w.Boss.Set(nil) },
		"add":    func(w, _, other *Worker) { other.Reports.Add(w) },
		"remove": func(w, boss, _ *Worker) { boss.Reports.Remove(w) },
		"in and out": func(w, boss, other *Worker) {
			w.Boss.Set(other)
			boss.Reports.Add(w)
			w.Boss.Set(other)
		},
	} {
		for _, elsewhere := range []bool{false, true} {
			s := begin(t, eng)
			by := map[string]*Worker{}
			for _, x := range must[[]*Worker](t)(query.Select(Workers).All(ctx, s)) {
				by[x.Name] = x
			}
			w, boss, other := by["w"], by["boss"], by["other"]
			leave(w, boss, other)
			ok(t, s.Flush(ctx))
			if elsewhere {
				ok(t, s.Commit(ctx))
				must[int64](t)(query.Update(Workers).Set(Workers.BossID.To(boss.ID)).Filter(Workers.ID.Eq(w.ID)).Exec(ctx, eng))
			} else {
				w.BossID = &boss.ID
				ok(t, s.Flush(ctx))
			}
			equal(t, name+": reports of the boss", len(must[[]*Worker](t)(boss.Reports.All(ctx))), 1)
			equal(t, name+": reports of the other", len(must[[]*Worker](t)(other.Reports.All(ctx))), 0)
			ok(t, s.Commit(ctx))
		}
	}
}
