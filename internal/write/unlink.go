package write

import (
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
)

// unlink deletes the rows of a link table that refer to rows: "DELETE FROM product_tag WHERE product_tag.product_id = $1", of many
// "… = ANY($1)", or "DELETE FROM t USING unnest($1::bigint[], $2::text[]) AS cupel (v1, v2) WHERE t.a = cupel.v1 AND t.b = cupel.v2".
func (b *batch) unlink(st *plan.Step) {
	ref, owners := st.Unlinks(), st.Entries
	rows := ref.Owner
	many := len(owners) > 1
	for _, c := range ref.Local {
		if isArray(c) && many { // arrays of arrays cannot be taken apart
			for i := range owners {
				one := *st
				one.Entries = owners[i : i+1]
				b.unlink(&one)
			}
			return
		}
	}
	sql, args := b.text(func(w *sqlw.Writer) {
		w.Text("DELETE FROM ")
		rows.Table.AppendFrom(w)
		if many && len(ref.Local) > 1 {
			w.Text(" USING unnest(")
			for i, c := range ref.Local {
				w.Separate(i)
				rows.Field(c).AppendArray(w, track.ArrayOf(ref.Target.Field(ref.Remote[i]), owners, track.LoadedObject))
			}
			w.Text(") AS cupel (")
			for i := range ref.Local {
				w.Separate(i)
				w.Byte('v')
				w.Int(i + 1)
			}
			w.Byte(')')
		}
		for i, c := range ref.Local {
			if i == 0 {
				w.Text(" WHERE ")
			} else {
				w.Text(" AND ")
			}
			qualified(w, c)
			f := ref.Target.Field(ref.Remote[i])
			switch {
			case many && len(ref.Local) > 1:
				w.Text(" = cupel.v")
				w.Int(i + 1)
			case many:
				w.Text(" = ANY(")
				w.Arg(nil, track.ArrayOf(f, owners, track.LoadedObject))
				w.Byte(')')
			default:
				w.Text(" = ")
				w.Arg(nil, f.Value(track.LoadedObject(owners[0])))
			}
		}
	})
	b.add(&wire.Stmt{SQL: sql, Args: args}, work{entries: owners, expect: -1})
}
