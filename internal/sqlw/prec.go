package sqlw

// Prec is an operator's binding strength. The order is PostgreSQL's (chapter 4.1.6 of its manual), weakest first.
type Prec uint8

// Binding strengths.
const (
	PrecNone    Prec = iota // needs parentheses everywhere: a subquery without its own
	PrecOr                  // OR
	PrecAnd                 // AND
	PrecNot                 // NOT
	PrecIs                  // IS NULL, IS DISTINCT FROM
	PrecCompare             // = <> < <= > >=
	PrecLike                // BETWEEN, IN, LIKE, ILIKE, SIMILAR
	PrecOther               // every other operator: || -> @> ~
	PrecAdd                 // + -
	PrecMul                 // * / %
	PrecPow                 // ^
	PrecAt                  // AT TIME ZONE
	PrecCollate             // COLLATE
	PrecSign                // unary + -
	PrecIndex               // a[1]
	PrecCast                // ::
	PrecAtom                // a name, a literal, a call
)
