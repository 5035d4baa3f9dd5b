package session

import (
	"context"
	"fmt"
	"strconv"

	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/wire"
)

// literals returns the arguments of a statement as SQL text that stands where their placeholders do, "CAST('5' AS bigint)". The server writes
// them itself: its output functions and its quoting are those that its input functions and its parser undo. The types are
// those that it found for the placeholders, since a literal of another one, or of none, may make another expression.
//
// The statement is described even where there are no arguments: as a prepared statement it cannot be two, which SQL text in the parentheses
// of COPY could.
func (o *outsideRunner) literals(ctx context.Context, c *copyingTo) ([]string, error) {
	conn := o.tx.conn.Conn()
	failed := func(err error) error {
		if err != nil && conn.IsClosed() && ctx.Err() == nil {
			err = fmt.Errorf("%w: %w", ErrConnection, err)
		}
		return &wire.Error{SQL: c.sql, Err: err}
	}
	described, err := conn.PgConn().Prepare(ctx, "", c.sql, nil)
	switch {
	case err != nil:
		return nil, failed(err)
	case len(described.ParamOIDs) != len(c.args):
		return nil, failed(fmt.Errorf("%d arguments for %d placeholders", len(c.args), len(described.ParamOIDs)))
	case len(c.args) == 0:
		return nil, nil
	}
	names, err := o.typeNames(ctx, described.ParamOIDs)
	if err != nil {
		return nil, failed(err)
	}
	sql := sqlw.Get(sqlw.Numbered)
	defer sql.Release()
	sql.In(o.tx.terms.schema)
	sql.Act()
	sql.Text("SELECT u.literal, " + settingsSQL + " FROM pg_catalog.unnest(ARRAY[")
	for i, name := range names {
		if i > 0 {
			sql.Text(", ")
		}
		sql.Text(fmt.Sprintf("pg_catalog.format('%%L', $%d::%s)", i+1, name))
	}
	sql.Text("]) WITH ORDINALITY AS u (literal, n) ORDER BY u.n")
	sql.Apart() // the types have the names that they go by where the server looks
	var texts []string
	read := wire.ReadFunc(func(rows *wire.Rows) error {
		for texts = texts[:0]; rows.Next(); {
			v := rows.Values()
			if len(v[1]) > 0 {
				return fmt.Errorf("a literal of an argument is not certain to be its value on a connection with %s", v[1])
			}
			texts = append(texts, string(v[0]))
		}
		return nil
	})
	if err := o.tx.core.send(ctx, conn, []*wire.Stmt{{SQL: sql.String(), Args: c.args, Read: read}}); err != nil {
		if e := asWireError(err); e != nil {
			e.SQL = c.sql
		}
		return nil, err
	}
	for i, name := range names {
		texts[i] = "CAST(" + texts[i] + " AS " + name + ")"
	}
	return texts, nil
}

// settingsSQL gives the settings under which the text of a value may be another value's.
const settingsSQL = "pg_catalog.concat_ws(', '" +
	", CASE WHEN pg_catalog.current_setting('DateStyle') NOT LIKE 'ISO%' THEN 'DateStyle ' || pg_catalog.current_setting('DateStyle') END" +
	", CASE WHEN pg_catalog.current_setting('IntervalStyle') = 'sql_standard' THEN 'IntervalStyle sql_standard' END" +
	", CASE WHEN pg_catalog.current_setting('extra_float_digits')::integer < 1 THEN 'extra_float_digits ' || pg_catalog.current_setting('extra_float_digits') END)"

const typeNamesSQL = "SELECT pg_catalog.format_type(t.oid, -1) FROM pg_catalog.unnest($1::pg_catalog.oid[]) WITH ORDINALITY AS t (oid, n) ORDER BY t.n"

// typeNames returns the names of types as CAST takes them: with -1 for the modifier, "bpchar" and not "character", which would be one long.
func (o *outsideRunner) typeNames(ctx context.Context, oids []uint32) (names []string, err error) {
	array := []byte{'{'}
	for i, oid := range oids {
		if i > 0 {
			array = append(array, ',')
		}
		array = strconv.AppendUint(array, uint64(oid), 10)
	}
	r := o.tx.conn.Conn().PgConn().ExecParams(ctx, typeNamesSQL, [][]byte{append(array, '}')}, nil, nil, nil)
	for r.NextRow() {
		names = append(names, string(r.Values()[0]))
	}
	_, err = r.Close()
	return names, err
}
