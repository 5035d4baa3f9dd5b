package uow_test

import (
	"regexp"
	"slices"
	"strings"
)

// Cupel sends no BEGIN before what only reads, and neither BEGIN nor COMMIT around a lone statement that writes. Both sides are compared in one
// form: each transaction begins before the first statement of it that does something else than read, one that only
// reads has no frame, and a lone statement has one.

// acting finds SELECTs that do something else than read.
var acting = regexp.MustCompile(`FOR (NO KEY )?(UPDATE|SHARE)|nextval\(`)

// acts reports whether a statement does something else than read.
func (e event) acts() bool {
	switch {
	case e.note() || e.frame() || e.op == opCatalog:
		return false
	case e.op == "SELECT":
		return acting.MatchString(e.sql)
	}
	return true
}

// framed returns events in the form that is compared.
func framed(es []event) []event {
	// a RELEASE travels with the next statement, or with none: the COMMIT ends the savepoint too
	es = slices.DeleteFunc(slices.Clone(es), func(e event) bool { return strings.HasPrefix(e.op, "RELEASE") })
	var out []event
	for i := 0; i < len(es); {
		if es[i].op != "BEGIN" {
			if es[i].op != "COMMIT" && es[i].op != "ROLLBACK" { // the end of what only reads
				out = append(out, lone(es[i])...)
			}
			i++
			continue
		}
		i++
		begun := false
		for ; i < len(es) && es[i].op != "BEGIN"; i++ {
			if es[i].acts() && !begun {
				begun = true
				out = append(out, event{op: "BEGIN"})
			}
			if !es[i].frame() {
				out = append(out, es[i])
				continue
			}
			if begun {
				out = append(out, es[i])
			}
			i++
			break
		}
	}
	return out
}

// lone returns a statement outside any transaction with the frame of its own.
func lone(e event) []event {
	if !e.write() {
		return []event{e}
	}
	end := event{op: "COMMIT"}
	if e.failed {
		end.op = "ROLLBACK"
	}
	return []event{{op: "BEGIN"}, e, end}
}
