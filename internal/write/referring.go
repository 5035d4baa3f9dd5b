package write

import (
	"context"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
)

// findReferring finds out which rows will get other keys when those of the step do.
func (b *batch) findReferring(ctx context.Context, st *plan.Step) error {
	for _, e := range st.Entries {
		err := st.Store.Objects.FindReferring(e, func(fk *ast.ForeignKey, parent *track.Entry, of []*track.Entry) ([]*track.Entry, error) {
			return b.referring(ctx, fk, parent, of)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// referring asks the server which of some objects' rows refer to the one of parent:
//
//	SELECT c.a, c.b FROM c, unnest($1::citext[], $2::bigint[]) AS cupel (v1, v2) WHERE c.a = cupel.v1 AND c.b = cupel.v2
//	AND (c.a) IN (SELECT p.a FROM p WHERE p.a = $3)
func (b *batch) referring(ctx context.Context, fk *ast.ForeignKey, parent *track.Entry, of []*track.Entry) (found []*track.Entry, err error) {
	st := &plan.Step{Kind: plan.UpdateStep, Store: of[0].Store(), Entries: of}
	m, p, row := st.Store.Mapping, parent.Mapping, of[0].Mapping.New(1)
	if len(of) > 1 && slices.ContainsFunc(keyColumns(m), isArray) { // arrays of arrays cannot be taken apart
		for i := range of {
			one, err := b.referring(ctx, fk, parent, of[i:i+1])
			if err != nil {
				return nil, err
			}
			found = append(found, one...)
		}
		return found, nil
	}
	byKey := make(map[track.Key]*track.Entry, len(of))
	for _, e := range of {
		byKey[st.Store.Keys.Of(e.Row())] = e
	}
	stmt := &wire.Stmt{Read: &rows.Columns{Mapping: m, Columns: m.Key, Take: func(r *rows.Columns) error {
		found = found[:0]
		for r.Next() {
			if err := r.Read(row); err != nil {
				return err
			}
			if e := byKey[st.Store.Keys.Of(row)]; e != nil {
				found = append(found, e)
			}
		}
		return nil
	}}}
	stmt.SQL, stmt.Args = b.text(func(w *sqlw.Writer) {
		w.Text("SELECT ")
		appendQualified(w, keyColumns(m))
		w.Text(" FROM ")
		m.Table.AppendFrom(w)
		if len(of) > 1 {
			appendSource(w, st, ",", -1)
		} else {
			appendRowMatch(w, m, of[0].Row())
		}
		w.Text(" AND (")
		appendQualified(w, fk.Columns)
		w.Text(") IN (SELECT ")
		appendQualified(w, fk.RefColumns)
		w.Text(" FROM ")
		p.Table.AppendFrom(w)
		appendRowMatch(w, p, parent.Row())
		w.Byte(')')
	})
	b.add(stmt, work{entries: of, expect: -1})
	err = b.send(ctx, false) // which reads them
	return found, err
}

func isArray(c *ast.Column) bool { return sqltype.Parse(c.Type).Dims > 0 }

func appendQualified(w *sqlw.Writer, columns []*ast.Column) {
	for i, c := range columns {
		w.Separate(i)
		qualified(w, c)
	}
}
