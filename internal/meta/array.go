package meta

import (
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// AppendArray writes two values or more for a column as one array of the column's type in the database, "$1::bigint[]". Where
// the mapping may not know it (a text may be an enum's, a time a timestamp's) the server is shown the column:
//
//	nullif($1, ARRAY[(NULL::t).a])
//
// is $1, since no array of two equals one of one; and where the type of the column has changed meanwhile, the comparison is an
// error, not a cast.
func (f *Field) AppendArray(w *sqlw.Writer, values any) {
	if f.certain() || f.System() {
		w.Arg(nil, values)
		w.Text("::" + sqltype.Element(sqltype.Plain(f.Column.Type)) + "[]")
		return
	}
	w.Text("nullif(")
	w.Arg(nil, values)
	w.Text(", ARRAY[(NULL::")
	f.Column.Table.AppendFrom(w)
	w.Text(").")
	w.Ident(f.Column.Name)
	w.Text("])")
}

// certain reports whether an array of the mapping's type is stored as single values are, whatever type the column has.
func (f *Field) certain() bool {
	t := sqltype.Parse(f.Column.Type)
	switch t.Kind {
	case sqltype.Bool, sqltype.Int2, sqltype.Int4, sqltype.Int8, sqltype.Float4, sqltype.Float8, sqltype.Numeric, sqltype.UUID, sqltype.Bytea:
		return t.Dims == 0
	}
	return false
}
