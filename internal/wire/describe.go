package wire

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/fault"
)

// know finds the statements of a batch, and has those described that nobody has met: all of them in one trip. Where some come after one
// that Moves, none is described: lead statements are to be sent before.
func (c *Conn) know(ctx context.Context, stmts []*Stmt) (lead int, err error) {
	if g := c.facts.generation.Load(); g != c.generation {
		c.known.dropAll()
		c.generation = g
	}
	c.sends = c.sends[:0]
	for i, s := range stmts {
		if len(s.Args) > math.MaxUint16 {
			return 0, failed(stmts, i, fmt.Errorf("%w: %d", fault.ErrTooManyArguments, len(s.Args)))
		}
	}
	var unknown []int
	for i, s := range stmts {
		if s.Once {
			c.sends = append(c.sends, send{})
			continue
		}
		st := c.known.get(s.SQL)
		c.sends = append(c.sends, send{statement: st})
		if st.described && !(st.blind && s.Read != nil) {
			c.sends[i].old = true
			continue
		}
		if err := c.serves(s.Newest); err != nil {
			return 0, failed(stmts, i, err)
		}
		if f := c.factsOf(s); f != nil {
			c.adopt(st, f)
			c.sends[i].old = true
		} else if !slices.ContainsFunc(unknown, func(j int) bool { return stmts[j].SQL == s.SQL }) {
			unknown = append(unknown, i)
		}
	}
	if len(unknown) == 0 {
		return 0, nil
	}
	if at := slices.IndexFunc(stmts, func(s *Stmt) bool { return s.Moves }); at >= 0 && at < unknown[len(unknown)-1] {
		return at + 1, nil
	}
	if err := c.ask(ctx, stmts, unknown); err != nil {
		for _, i := range unknown {
			c.known.drop(stmts[i].SQL)
		}
		return 0, err
	}
	return 0, nil
}

// noFacts are those of a statement that takes nothing and whose rows nobody reads.
var noFacts = &facts{}

// factsOf returns what is known of a statement; nil: nothing.
func (c *Conn) factsOf(s *Stmt) *facts {
	if len(s.Args) == 0 && s.Read == nil {
		return noFacts
	}
	return c.facts.of(s.SQL)
}

// ask has the server describe statements, and prepare those with a name, in one trip.
func (c *Conn) ask(ctx context.Context, stmts []*Stmt, unknown []int) error {
	p := c.conn.PgConn().StartPipeline(ctx)
	evicted := c.known.takeEvicted()
	for _, name := range evicted {
		p.SendDeallocate(name)
	}
	for _, i := range unknown {
		p.SendPrepare(c.sends[i].statement.name, stmts[i].SQL, nil)
	}
	err := c.answers(p, stmts, unknown)
	if closeErr := p.Close(); err == nil && closeErr != nil {
		err = failed(stmts, unknown[0], closeErr)
	}
	if err != nil {
		return err
	}
	if err := c.learn(ctx, unknown); err != nil {
		return failed(stmts, unknown[0], err)
	}
	for _, i := range unknown {
		st := c.sends[i].statement
		c.adopt(st, c.facts.put(stmts[i].SQL, &st.description))
		st.prepared = st.name != ""
	}
	return nil
}

// answers reads the descriptions.
func (c *Conn) answers(p *pgconn.Pipeline, stmts []*Stmt, unknown []int) error {
	if err := p.Sync(); err != nil {
		return failed(stmts, unknown[0], err)
	}
	for n := 0; n < len(unknown); {
		i := unknown[n]
		results, err := p.GetResults()
		if err != nil {
			return failed(stmts, i, err)
		}
		switch d := results.(type) {
		case *pgconn.CloseComplete:
		case *pgconn.StatementDescription:
			st := c.sends[i].statement
			st.description.ParamOIDs, st.description.Fields = d.ParamOIDs, d.Fields
			n++
		default:
			return failed(stmts, i, errUnexpected)
		}
	}
	return nil
}

func failed(stmts []*Stmt, i int, err error) error {
	return &Error{Index: i, SQL: stmts[i].SQL, Err: err}
}

// typeFact is what the catalog says about a type that a connection does not know.
type typeFact struct {
	element uint32 // of an array; 0: it is none
	base    uint32 // of a domain; 0: it is none
}

const typesSQL = "SELECT oid, CASE WHEN typlen = -1 AND typcategory = 'A' THEN typelem ELSE 0 END, typbasetype " +
	"FROM pg_catalog.pg_type WHERE oid = ANY($1::pg_catalog.oid[])"

// learn asks the catalog for types of statements that neither the connection nor the engine knows.
func (c *Conn) learn(ctx context.Context, unknown []int) error {
	var missing []uint32
	for _, i := range unknown {
		d := &c.sends[i].statement.description
		for oid := range strangers(c.conn.TypeMap(), d.ParamOIDs, d.Fields) {
			if _, known := c.facts.typeOf(oid); !known && !slices.Contains(missing, oid) {
				missing = append(missing, oid)
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	arg, err := c.conn.TypeMap().Encode(pgtype.OIDArrayOID, pgtype.TextFormatCode, missing, nil)
	if err != nil {
		return err
	}
	found := map[uint32]typeFact{}
	r := c.conn.PgConn().ExecParams(ctx, typesSQL, [][]byte{arg}, nil, []int16{pgtype.TextFormatCode}, nil)
	for r.NextRow() {
		v := r.Values()
		found[number(v[0])] = typeFact{element: number(v[1]), base: number(v[2])}
	}
	if _, err := r.Close(); err != nil {
		return err
	}
	for _, oid := range missing {
		c.facts.putType(oid, found[oid]) // nothing, where the catalog has nothing
	}
	return nil
}

// strangers are the types of a statement that a connection does not know.
func strangers(types *pgtype.Map, params []uint32, fields []pgconn.FieldDescription) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for _, oid := range params {
			if _, known := types.TypeForOID(oid); !known && !yield(oid) {
				return
			}
		}
		for _, f := range fields {
			if _, known := types.TypeForOID(f.DataTypeOID); !known && !yield(f.DataTypeOID) {
				return
			}
		}
	}
}

// number returns an OID in text format.
func number(text []byte) (n uint32) {
	for _, d := range text {
		n = 10*n + uint32(d-'0')
	}
	return n
}

// adopt gives a statement its types, and makes arrays and domains among them known to the connection: a type of the
// database's own, an enum, say, is known to nobody, and its text will do; but an array of it must be known to be one.
func (c *Conn) adopt(st *statement, f *facts) {
	types := c.conn.TypeMap()
	for oid := range strangers(types, f.params, f.fields) {
		if t, ok := c.facts.typeOf(oid); ok {
			register(types, oid, t)
		}
	}
	st.describe(types, f)
}

// register makes an array or a domain known to a connection. An array of a type that the connection does not know goes as
// text, as single values of that type do.
func register(types *pgtype.Map, oid uint32, t typeFact) {
	name := "oid " + strconv.FormatUint(uint64(oid), 10)
	switch {
	case t.element != 0:
		element, known := types.TypeForOID(t.element)
		if !known {
			element = &pgtype.Type{OID: t.element, Codec: &pgtype.TextFormatOnlyCodec{Codec: pgtype.TextCodec{}}}
		}
		types.RegisterType(&pgtype.Type{Name: name, OID: oid, Codec: &pgtype.ArrayCodec{ElementType: element}})
	case t.base != 0:
		if base, known := types.TypeForOID(t.base); known {
			types.RegisterType(&pgtype.Type{Name: name, OID: oid, Codec: base.Codec})
		}
	}
}
