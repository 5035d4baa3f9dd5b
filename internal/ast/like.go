package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Like matches a pattern: "x LIKE $1", "x ILIKE $1 ESCAPE '/'".
type Like struct {
	X, Pattern Node
	Insens     bool    // ILIKE
	Escape     *string // one character, or "" for none; nil: PostgreSQL's own, the backslash
	Not        bool
}

// Prec is PrecLike.
func (l *Like) Prec() sqlw.Prec { return sqlw.PrecLike }

// Op names the operator: LIKE, NOT ILIKE …
func (l *Like) Op() string {
	switch {
	case l.Not && l.Insens:
		return "NOT ILIKE"
	case l.Not:
		return "NOT LIKE"
	case l.Insens:
		return "ILIKE"
	}
	return "LIKE"
}

// AppendSQL writes "x LIKE pattern".
func (l *Like) AppendSQL(w *sqlw.Writer) {
	Operand(w, l.X, sqlw.PrecLike+1)
	w.Byte(' ')
	w.Text(l.Op())
	w.Byte(' ')
	Operand(w, l.Pattern, sqlw.PrecLike+1)
	if l.Escape != nil {
		w.Text(" ESCAPE ")
		(&Quoted{Text: *l.Escape}).AppendSQL(w)
	}
}

// Child returns an operand.
func (l *Like) Child(i int) Node { return nth(i, l.X, l.Pattern) }
