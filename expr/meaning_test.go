package expr_test

import (
	"context"
	"encoding/json"
	"net/netip"
	"reflect"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// bench is an engine on a database with one row in table t, on which it is seen what expressions give.
type bench struct {
	t   *testing.T
	eng *session.Engine
}

func newBench(t *testing.T) bench {
	t.Helper()
	ctx := context.Background()
	eng, err := session.Open(ctx, database(t).Config().ConnString(), schema, session.Options{MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(eng.Close)
	moment := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	one, words, attrs := int64(1), []string{"a", "b", "a"}, json.RawMessage(`{"n": 3, "list": ["x", 7], "none": null}`)
	s := eng.Session()
	defer func() { _ = s.Close(ctx) }()
	s.Add(&Thing{
		ID: 1, Name: "ann", Mood: "sad", At: moment, Day: moment, Took: time.Hour, Price: "9.50", Blob: []byte{}, Doc: json.RawMessage(`["x", {"k": true}]`),
		Tags: []string{"t"}, Words: &words, Nums: []*int64{&one, nil}, Moods: []Mood{"sad"}, Attrs: &attrs,
		Nos: expr.Span[int64](1, 5), Units: expr.Span[int32](1, 5), Costs: expr.Span(numeric("1.5"), numeric("2")), Days: expr.Span(january(1), january(10)),
		Turns: pgtype.Multirange[pgtype.Range[int64]]{expr.Span[int64](1, 3), expr.Span[int64](7, 9)},
		Terms: new("'cat':2A 'fat':1"), Find: "'cat' & !'dog'", Every: expr.Months(1), Net: netip.MustParsePrefix("10.1.2.3/16"), IP: new(netip.MustParseAddr("10.1.9.9")),
	})
	if err := s.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	return bench{t, eng}
}

// gives compares what an expression gives in the one row, twice: when the engine meets the statement and when it knows it.
func gives[R any](b bench, x expr.Item[R], want ...R) {
	b.t.Helper()
	for range 2 {
		got, err := query.Select(x).From(table).All(context.Background(), b.eng)
		if err != nil {
			b.t.Errorf("%v: %v", query.Select(x), err)
			return
		}
		if !reflect.DeepEqual(plain(got), plain(want)) {
			b.t.Errorf("%v gives %s, want %s", query.Select(x), plain(got), plain(want))
		}
	}
}

// january returns a day of January 2026.
func january(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }

func numeric(s string) (n pgtype.Numeric) {
	if err := n.Scan(s); err != nil {
		panic(err)
	}
	return n
}

// plain returns a value without pointers, for people.
func plain(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func TestArraysMean(t *testing.T) {
	t.Parallel()
	c, b := table, newBench(t)
	gives(b, c.Words.At(1), new("a"))
	gives(b, c.Words.At(9), nil)
	gives(b, c.Words.Slice(2, 3), &[]string{"b", "a"})
	gives(b, c.Words.Slice(7, 9), &[]string{})
	gives(b, c.Words.Contains("a", "a", "b"), new(true))
	gives(b, c.Words.Contains(), new(true))
	gives(b, c.Words.Overlaps(), new(false))
	gives(b, c.Moods.Has("sad"), new(true))
	gives(b, c.Moods.ContainedBy("sad", "happy"), new(true))
	gives(b, c.Nums.At(2), nil)
	gives(b, c.Nums.Contains(1), new(true))
	gives(b, expr.Cardinality(c.Nums), new(int32(2)))
	gives(b, expr.ArrayLength(c.Nums, 2), nil)
	gives(b, expr.ArrayRemove(c.Words, "a"), &[]string{"b"})
	gives(b, expr.ArrayReplace(c.Words, "a", "c"), &[]string{"c", "b", "c"})
	gives(b, expr.ArrayPositions(c.Words, "a"), &[]int32{1, 3})
	gives(b, expr.ArrayPrepend(c.Words, "z"), []string{"z", "a", "b", "a"})
	gives(b, expr.ArrayToString(c.Nums, "+"), new("1"))
	gives(b, expr.Unnest(c.Words), new("a"), new("b"), new("a"))
	gives(b, expr.NewArray(c.Name, c.Nick), []*string{new("ann"), nil})
	gives(b, expr.ArrayRows(c.Name, query.From(c).Filter(c.ID.Gt(9))), []*string{})
	gives(b, expr.ArrayAgg(c.Name), []*string{new("ann")})
}

func TestJSONMeans(t *testing.T) {
	t.Parallel()
	c, b := table, newBench(t)
	gives(b, c.Attrs.Get("n"), new(json.RawMessage("3")))
	gives(b, c.Attrs.Get("list").At(-1), new(json.RawMessage("7")))
	gives(b, c.Attrs.GetText("none"), nil)
	gives(b, c.Attrs.PathText("list", "0"), new("x"))
	gives(b, c.Doc.AtText(0), new("x"))
	gives(b, c.Attrs.HasKey("none"), new(true))
	gives(b, c.Doc.HasKey("x"), new(true))
	gives(b, c.Attrs.HasAllKeys("n", "m"), new(false))
	gives(b, c.Attrs.ContainsExpr(expr.JSONVal(map[string]any{"list": []any{7}})), new(true))
	gives(b, c.Attrs.Without("list", "none"), new(json.RawMessage(`{"n": 3}`)))
	gives(b, c.Doc.WithoutAt(-1), json.RawMessage(`["x"]`))
	gives(b, expr.JSONAs[expr.NullInt](c.Attrs, "n").Plus(1), new(int64(4)))
	gives(b, expr.JSONAs[expr.NullBool](c.Doc, "1", "k"), new(true))
	gives(b, expr.JSONTypeOf(c.Attrs.Get("none")), new("null"))
	gives(b, expr.JSONSet(c.Doc, expr.JSONVal(1), "0").At(0), new(json.RawMessage("1")))
	gives(b, expr.JSONElements(c.Doc), json.RawMessage(`"x"`), json.RawMessage(`{"k": true}`))
	gives(b, expr.JSONElementsText(c.Attrs.Get("list")), new("x"), new("7"))
	gives(b, expr.JSONPathExists(c.Attrs, "$.n ? (@ > 2)"), new(true))
	gives(b, expr.JSONPathFirst(c.Attrs, "$.list[1]"), new(json.RawMessage("7")))
	gives(b, expr.JSONObject(expr.Key("id", c.ID), expr.Key("nick", c.Nick)), json.RawMessage(`{"id": 1, "nick": null}`))
	gives(b, expr.JSONAgg(c.Name), new(json.RawMessage(`["ann"]`)))
	gives(b, expr.JSONAs[expr.NullText](expr.RowToJSON(c), "name"), new("ann"))
}

func TestRangesMean(t *testing.T) {
	t.Parallel()
	c, b := table, newBench(t)
	type ints = pgtype.Range[int64]
	gives(b, c.Nos, expr.Span[int64](1, 5))
	gives(b, c.Nos.Has(4), new(true))
	gives(b, c.Nos.Has(5), new(false))
	gives(b, c.Nos.HasExpr(c.ID), new(true))
	gives(b, c.Units.Has(4), new(true))
	gives(b, c.Costs.Has(numeric("1.75")), new(true))
	gives(b, c.Days.Has(january(1)), new(true))
	gives(b, c.Open.Has(january(1)), nil)
	gives(b, c.Nos.Contains(expr.Span[int64](2, 5)), new(true))
	gives(b, c.Nos.Contains(ints{LowerType: pgtype.Empty, UpperType: pgtype.Empty, Valid: true}), new(true))
	gives(b, c.Nos.Contains(ints{Lower: 2, LowerType: pgtype.Inclusive, UpperType: pgtype.Unbounded, Valid: true}), new(false))
	gives(b, c.Turns.Has(8), new(true))
	gives(b, c.Turns.Has(5), new(false))
	gives(b, c.Turns.ContainedByExpr(c.Nos), new(false))
	gives(b, c.Nos.Before(expr.Span[int64](5, 6)), new(true))
	gives(b, c.Nos.Adjacent(expr.Span[int64](5, 6)), new(true))
	gives(b, c.Nos.Union(expr.Span[int64](3, 8)), expr.Span[int64](1, 8))
	gives(b, c.Nos.Intersect(expr.Span[int64](3, 8)), expr.Span[int64](3, 5))
	gives(b, c.Nos.Minus(expr.Span[int64](3, 8)), expr.Span[int64](1, 3))
	gives(b, c.Turns.Minus(pgtype.Multirange[ints]{expr.Span[int64](2, 8)}), pgtype.Multirange[ints]{expr.Span[int64](1, 2), expr.Span[int64](8, 9)})
	gives(b, expr.RangeAgg(c.Nos), pgtype.Multirange[ints]{expr.Span[int64](1, 5)})
	gives(b, expr.RangeLower(c.Days), new(january(1)))
	gives(b, expr.RangeUpper(c.Nos).Plus(1), new(int64(6)))
	gives(b, expr.UpperInc(c.Nos), new(false))
	gives(b, expr.IsEmpty(c.Nos.Intersect(expr.Span[int64](8, 9))), new(true))
	gives(b, expr.NewRange[expr.IntRange](c.ID, c.ID.Const(3)), expr.Span[int64](1, 3))
	gives(b, expr.NewRangeBy[expr.IntRange](c.ID, c.ID.Const(3), "[]"), expr.Span[int64](1, 4))
	gives(b, expr.RangeMerge(c.Nos, c.Nos.Const(expr.Span[int64](8, 9))), new(expr.Span[int64](1, 9)))
}

func TestSearchMeans(t *testing.T) {
	t.Parallel()
	c, b := table, newBench(t)
	fat := expr.Const[expr.Text]("The fat cats sat.")
	gives(b, c.Terms, new("'cat':2A 'fat':1"))
	gives(b, c.Terms.Matches(c.Find), new(true))
	gives(b, c.Terms.Matches(c.Find.Not()), new(false))
	gives(b, expr.ToTSVector("english", fat), "'cat':3 'fat':2 'sat':4")
	gives(b, expr.ToTSVector("english", fat).Matches(expr.WebSearch("english", `"fat cat" -dog`)), new(true))
	gives(b, expr.ToTSVector("english", fat).Matches(expr.PhraseSearch("english", "cats fat")), new(false))
	gives(b, expr.PlainSearch("english", "The Cats"), "'cat'")
	gives(b, expr.ToTSQuery("simple", "Fat & ca:*"), "'fat' & 'ca':*")
	gives(b, expr.WebSearch("english", ""), "")
	gives(b, expr.TSHeadline("english", fat, expr.ToTSQuery("english", "cat"), "StartSel=*, StopSel=*"), new("The fat *cats* sat."))
	gives(b, expr.TSRank(c.Terms, c.Find).Gt(0), new(true))
	gives(b, expr.ToTSVectorOfJSON("english", c.Attrs).IsNull(), new(false))
}

func TestTimesMean(t *testing.T) {
	t.Parallel()
	c, b := table, newBench(t)
	gives(b, c.Every, expr.Months(1))
	gives(b, c.Every.Plus(expr.Days(3)).Times(2), pgtype.Interval{Months: 2, Days: 6, Valid: true})
	gives(b, c.Day.PlusPeriod(expr.Months(1)), time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC))
	gives(b, c.At.PlusPeriodExpr(c.Every), new(time.Date(2026, 2, 28, 12, 0, 0, 0, time.UTC)))
	gives(b, c.At.MinusPeriod(expr.Days(30)), january(1).Add(12*time.Hour))
	gives(b, expr.Age(c.At, c.At.Const(january(1))), new(pgtype.Interval{Days: 30, Microseconds: 43_200_000_000, Valid: true}))
	gives(b, expr.Extract("month", c.Every), new(1.0))
	gives(b, expr.Sum(c.Every), new(expr.Months(1)))
	gives(b, expr.DateBin(15*time.Minute, c.At.Plus(20*time.Minute), january(1)), january(31).Add(12*time.Hour+15*time.Minute))

	// What the difference of two times is depends on what they are, as it does in PostgreSQL.
	gives(b, c.Day.Since(january(1)), new(int64(30)))
	gives(b, c.Day.SinceExpr(c.Day.Const(january(1))), new(int64(30)))
	gives(b, c.At.Since(january(31)), new(12*time.Hour))
	gives(b, c.At.SinceExpr(c.Day), new(12*time.Hour))
	gives(b, expr.As[expr.Time](c.Day).SinceExpr(c.At), new(-12*time.Hour))
}

func TestNetworksMean(t *testing.T) {
	t.Parallel()
	c, b := table, newBench(t)
	ten := netip.MustParsePrefix("10.0.0.0/8")
	gives(b, c.Net, netip.MustParsePrefix("10.1.2.3/16"))
	gives(b, c.Net.ContainedBy(ten), new(true))
	gives(b, c.IP.ContainedBy(ten), new(true))
	gives(b, c.Net.Contains(ten), new(false))
	gives(b, c.Net.StrictlyContainsExpr(c.IP), new(true))
	gives(b, c.Net.Overlaps(ten), new(true))
	gives(b, c.IP.Eq(netip.MustParseAddr("10.1.9.9")), new(true))
	gives(b, expr.Host(c.Net), new("10.1.2.3"))
	gives(b, expr.MaskLen(c.Net), new(int32(16)))
	gives(b, expr.NetworkPart(c.Net), new(netip.MustParsePrefix("10.1.0.0/16")))
}
