package query

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"reflect"
	"slices"
	"strconv"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/stmt"
)

var (
	// ErrKeyset is found by errors.Is in the error of a query that cannot be read in pages.
	ErrKeyset = stmt.ErrKeyset

	// ErrCursor is found by errors.Is in the error of a cursor that is none of the query's: not one at all, one of another order, or one that was
	// changed so that no row can be there. Where the server found that out, by a text that is no value of a sort key, its error is found too; it
	// may have failed a transaction.
	ErrCursor = errors.New("query: not a cursor of this query")

	errPlace = fmt.Errorf("%w: no row has this place", ErrCursor)
)

// Pager reads a query in pages by the keys of its rows; see [Pages]. It is a value, and any number of goroutines may use it.
type Pager[R any] struct {
	q      Query[R]
	size   int
	unique bool
}

// Page is a part of a query's rows. Next is the cursor to go on with by After, Prev the one to go back with by Before, both text that may
// stand in a URL; "" where the query ends, and where the page is empty.
type Page[R any] struct {
	Rows       []R
	Next, Prev string
}

// Pages reads a query in pages of size rows. A page begins behind a row, not at a number (keyset pagination): a late page costs what the
// first one does, and rows that come or go meanwhile move no other from page to page.
//
//	pages := query.Pages(query.Select(c).OrderBy(c.LastName, c.ID.Desc()), 20)
//	page, err := pages.After(ctx, s, r.FormValue("after"))   // page.Rows, and page.Next for the link to the next one
//	// SELECT …, CAST(json_build_array(current_setting('extra_float_digits'), CAST(customer.last_name AS text), CAST(customer.id AS text)) AS text)
//	// FROM customer
//	// WHERE customer.last_name >= $1 AND (customer.last_name > $1 OR customer.last_name = $1 AND customer.id < $2)
//	// ORDER BY customer.last_name, customer.id DESC LIMIT $3
//
// Sort keys are of any kind, in any direction, and may be NULL. Where they do not tell rows apart, the primary keys of the tables are added to
// them, of a grouped query its keys, of a distinct one all that it selects; for rows of anything else see [Pager.Unique].
// A cursor holds the sort keys of a row, readable by whom it is given to. What comes back of it becomes arguments, never SQL. It is good on
// connections with the same DateStyle and IntervalStyle, by which the server writes and reads them.
// [ErrKeyset] says what cannot be read in pages: a query with LIMIT, DISTINCT ON, or a window function among its sort keys.
func Pages[R any](q Query[R], size int) Pager[R] { return Pager[R]{q: q, size: size} }

// Unique says that the sort keys tell the query's rows apart, so that nothing is to be added to them. If they do not, rows are
// passed over.
func (p Pager[R]) Unique() Pager[R] {
	p.unique = true
	return p
}

// After returns the page behind a cursor, the first one for "".
func (p Pager[R]) After(ctx context.Context, r Runner, cursor string) (Page[R], error) {
	return p.page(ctx, r, cursor, false)
}

// Before returns the page before a cursor, the last one for "", with its rows in the query's order.
func (p Pager[R]) Before(ctx context.Context, r Runner, cursor string) (Page[R], error) {
	return p.page(ctx, r, cursor, true)
}

func (p Pager[R]) page(ctx context.Context, r Runner, cursor string, back bool) (page Page[R], err error) {
	if p.size < 1 {
		return page, fmt.Errorf("%w: of %d rows", ErrKeyset, p.size)
	}
	keys, err := stmt.KeysetOf(&p.q.sel, p.unique)
	if err != nil {
		return page, err
	}
	order := keys.Page(p.q.sel.List, nil, false, 0)
	mark := markOf(&order)
	place, err := placeOf(cursor, mark, keys)
	if err != nil {
		return page, err
	}
	shape := p.q.placed(keys.Place())
	q := Query[Row2[R, string]]{sel: keys.Page(stmt.List{Items: shape.Items, Shape: shape}, place, back, int64(p.size)+1)}
	q.out.shape, q.out.options, q.out.loads = shape, p.q.out.options, p.q.out.loads
	rows, err := q.All(ctx, r)
	if err != nil {
		if len(place) > 0 && q.refuses(err, place) {
			err = fmt.Errorf("%w: %w", errPlace, err)
		}
		return page, err
	}
	more := len(rows) > p.size
	if more {
		rows = rows[:p.size]
	}
	if back {
		slices.Reverse(rows)
	}
	page.Rows = make([]R, len(rows))
	for i := range rows {
		page.Rows[i] = rows[i].V1
	}
	next, prev := more, cursor != "" // behind the page, and before it
	if back {
		next, prev = prev, next
	}
	if next && len(rows) > 0 {
		page.Next, err = cursorOf(mark, rows[len(rows)-1].V2)
	}
	if prev && len(rows) > 0 && err == nil {
		page.Prev, err = cursorOf(mark, rows[0].V2)
	}
	if err != nil {
		return Page[R]{}, err
	}
	return page, nil
}

// placed returns the query's shape with the place of a row behind it.
func (q *Query[R]) placed(place ast.Node) *ast.Shape {
	var row Row2[R, string]
	s := ast.NewShape(2)
	q.addRow(s)
	s.Value(mem.Offset(&row, &row.V2), reflect.TypeFor[string](), place)
	return s
}

// markOf returns what tells cursors of different orders apart.
func markOf(s *stmt.Select) string {
	w := sqlw.Get(sqlw.Inline)
	defer w.Release()
	s.AppendOrder(w)
	h := fnv.New32a()
	_, _ = h.Write(w.Bytes())
	return fmt.Sprintf("%08x", h.Sum32())
}

// cursorOf returns the cursor of a row; an error where the place may not be exactly the row's.
func cursorOf(mark, place string) (string, error) {
	var parts []*string
	if err := json.Unmarshal([]byte(place), &parts); err != nil || len(parts) == 0 || parts[0] == nil {
		return "", fmt.Errorf("%w: the server says of a row's place: %s", ErrKeyset, place)
	}
	if digits, err := strconv.Atoi(*parts[0]); err != nil || digits < 1 {
		return "", fmt.Errorf("%w: on a connection with extra_float_digits %s floats are rounded", ErrKeyset, *parts[0])
	}
	return base64.RawURLEncoding.EncodeToString([]byte(mark + place)), nil
}

// placeOf reads a cursor; nil of "".
func placeOf(cursor, mark string, keys *stmt.Keyset) (place []*string, err error) {
	if cursor == "" {
		return nil, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(text) < len(mark) || string(text[:len(mark)]) != mark ||
		json.Unmarshal(text[len(mark):], &place) != nil || len(place) != keys.Keys()+1 {
		return nil, ErrCursor
	}
	if place = place[1:]; !keys.Takes(place) {
		return nil, errPlace
	}
	return place, nil
}

// refuses reports whether an error is that of the server which cannot read an argument, and the argument is of a place.
func (q *Query[R]) refuses(err error, place []*string) bool {
	var of interface{ CupelParameter() int }
	if !errors.As(err, &of) {
		return false
	}
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	q.sel.AppendSQL(w)
	args, n := w.Values(), of.CupelParameter()
	return n > 0 && n <= len(args) && stmt.IsOf(place, args[n-1])
}
