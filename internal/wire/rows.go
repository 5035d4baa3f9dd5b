package wire

import (
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// Rows are the rows of a statement as they stream in.
type Rows struct {
	reader *pgconn.ResultReader
	wire   *Conn
	stmt   *Stmt
}

// Next goes to the next row; false after the last, and when the server reports an error, which Run then returns.
func (r *Rows) Next() bool {
	more := r.reader.NextRow()
	if more && r.wire.timed {
		for _, v := range r.reader.Values() {
			r.stmt.Bytes += int64(len(v))
		}
	}
	return more
}

// Keep says that the current row goes where it cannot be taken back, so that its batch cannot be sent again.
func (r *Rows) Keep() { r.wire.kept = true }

// Values returns the columns of the row as they came; nil is NULL. They are valid until Next.
func (r *Rows) Values() [][]byte { return r.reader.Values() }

// Fields describes the columns.
func (r *Rows) Fields() []pgconn.FieldDescription { return r.reader.FieldDescriptions() }

// TypeMap returns the connection's types.
func (r *Rows) TypeMap() *pgtype.Map { return r.wire.conn.TypeMap() }
