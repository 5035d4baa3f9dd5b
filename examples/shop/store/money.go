package store

import "regexp"

// Money is an amount as PostgreSQL's numeric(12,2) prints it, "12.50". It is exact: what is to be computed, PostgreSQL computes.
type Money string

var amount = regexp.MustCompile(`^(0|[1-9][0-9]{0,9})\.[0-9]{2}$`)

// Valid reports whether m is an amount, which has two decimal places and is not negative: PostgreSQL would round "9.999" silently.
func (m Money) Valid() bool { return amount.MatchString(string(m)) }
