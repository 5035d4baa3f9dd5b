package expr_test

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// State is an enum of the database.
type State string

// Path is a kind of the program's own: an ltree.
type Path struct {
	expr.Own[Path, string, string]
}

// SQLType is the type in the database.
func (Path) SQLType() string { return "ltree" }

// Under renders "x <@ $1::ltree": whether a path is below another, or is it.
func (p Path) Under(top string) expr.Predicate {
	return expr.Op[expr.Predicate](p, "<@", p.Const(top))
}

// Item has a field of each kind that the examples show.
type Item struct {
	ID, BoxID     int64
	Code          [16]byte
	Name          string
	Note          *string
	Size          int32
	Stars         int16
	Price         string
	Cost          pgtype.Numeric
	Weight        float64
	Ratio         float32
	Paid          bool
	Checked       *bool
	Due           time.Time
	At            time.Time
	Took          time.Duration
	Every         pgtype.Interval
	State         State
	Tags          []string
	Scores        []int64
	States        []State
	Gaps          []*int64
	Blobs         [][]byte
	Attrs         json.RawMessage
	Open          pgtype.Range[time.Time]
	Days          pgtype.Range[time.Time]
	Seats         pgtype.Range[int64]
	Shelf         pgtype.Range[int32]
	Prices        pgtype.Range[pgtype.Numeric]
	FreeTimes     pgtype.Multirange[pgtype.Range[time.Time]]
	FreeDays      pgtype.Multirange[pgtype.Range[time.Time]]
	FreeSeats     pgtype.Multirange[pgtype.Range[int64]]
	IP            netip.Addr
	Net           netip.Prefix
	Words, Wanted string
	Data          []byte
	Path          string
	Owner         [16]byte
	Point         pgtype.Point
}

type items struct {
	model.Table[Item]
	ID, BoxID expr.Int
	Code      expr.UUID
	Name      expr.Text
	Note      expr.NullText
	Size      expr.Int32
	Stars     expr.Int16
	Price     expr.Decimal
	Cost      expr.DecimalOf[pgtype.Numeric, pgtype.Numeric]
	Weight    expr.Float
	Ratio     expr.Float32
	Paid      expr.Bool
	Checked   expr.NullBool
	Due       expr.Date
	At        expr.Time
	Took      expr.Interval
	Every     expr.Period
	State     expr.Enum[State]
	Tags      expr.TextArray
	Scores    expr.IntArray
	States    expr.EnumArray[State]
	Gaps      expr.SparseArray[int64]
	Blobs     expr.Array[[]byte]
	Attrs     expr.JSON
	Open      expr.TimeRange
	Days      expr.DateRange
	Seats     expr.IntRange
	Shelf     expr.Int32Range
	Prices    expr.DecimalRange
	FreeTimes expr.TimeMultirange
	FreeDays  expr.DateMultirange
	FreeSeats expr.IntMultirange
	IP        expr.Addr
	Net       expr.Inet
	Words     expr.TSVector
	Wanted    expr.TSQuery
	Data      expr.Bytes
	Path      Path
	Owner     expr.UUIDOf[[16]byte]
	Point     expr.Col[pgtype.Point]
}

var (
	// Items is the table of the examples.
	Items = model.Map("item", func(t *items) model.Spec { return model.Spec{model.PrimaryKey(t.ID), model.Type("point", t.Point)} })
	_     = model.MustSchema(Items)
)

// show prints expressions, one a line; a statement without its line ends.
func show(xs ...fmt.Stringer) {
	for _, x := range xs {
		fmt.Println(strings.Join(strings.Fields(x.String()), " "))
	}
}
