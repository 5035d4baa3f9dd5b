package blocks

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// edit puts text in the place of some of the code.
type edit struct {
	from, to int
	text     string
}

// instrumenter finds what is to be added to statements so that they compile and are checked.
type instrumenter struct {
	src      string
	fset     *token.FileSet
	comments map[int]string // what stands behind the code of a line
	edits    []edit
}

const opening = "package p\nfunc _() {\n"

// instrument returns statements with what makes them checked: each err that they do not look at themselves is looked at, what they
// print is compared with the comment behind it, and a statement of which nothing is done is kept. Variables that are not used are used.
func instrument(code string) (string, error) {
	if code == "" {
		return "", nil
	}
	in := &instrumenter{src: opening + strings.TrimRight(code, "\n") + "\n}\n", fset: token.NewFileSet(), comments: map[int]string{}}
	f, err := parser.ParseFile(in.fset, "", in.src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	for _, group := range f.Comments {
		for _, c := range group.List {
			in.comments[in.fset.Position(c.Pos()).Line] = strings.TrimPrefix(c.Text, "// ")
		}
	}
	ast.Inspect(f, in.visit)
	slices.SortStableFunc(in.edits, func(a, b edit) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	out := in.src
	for _, e := range slices.Backward(in.edits) {
		out = out[:e.from] + e.text + out[e.to:]
	}
	return strings.TrimSuffix(strings.TrimPrefix(out, opening), "}\n"), nil
}

func (in *instrumenter) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BlockStmt:
		in.list(n.List)
	case *ast.CaseClause:
		in.list(n.Body)
	case *ast.CommClause:
		in.list(n.Body)
	case *ast.RangeStmt:
		if isErr(n.Value) && !in.looksAt(n.Body.List) {
			in.line(n.Body.Lbrace, "prog.ok(err)\n")
		}
	case *ast.CallExpr:
		if isPrintln(n) {
			in.replace(n.Pos(), n.Lparen+1, fmt.Sprintf("prog.prints(%q, ", in.comment(n)))
		}
	}
	return true
}

// list adds to the statements of a block.
func (in *instrumenter) list(list []ast.Stmt) {
	for i, st := range list {
		in.assignment(st, list[i+1:])
		switch st.(type) {
		case *ast.AssignStmt, *ast.ExprStmt:
			if sql, ok := sent(in.comment(st)); ok {
				in.replace(st.Pos(), st.Pos(), "prog.mark()\n")
				in.line(st.End(), "prog.sends("+sql+")\n")
			}
		}
	}
}

// assignment adds to a statement that makes or sets variables; rest are the statements behind it.
func (in *instrumenter) assignment(st ast.Stmt, rest []ast.Stmt) {
	switch st := st.(type) {
	case *ast.AssignStmt:
		names := assigned(st)
		in.after(st, names...)
		if isQuery(st) {
			in.line(st.End(), fmt.Sprintf("prog.keep(%s, %q)\n", names[0], in.below(st)))
		}
		if slices.Contains(names, "err") && !in.looksAt(rest) {
			in.line(st.End(), "prog.ok(err)\n")
		}
		if call, ok := st.Rhs[0].(*ast.CallExpr); ok && isBlank(st.Lhs) {
			in.replace(st.Pos(), call.Pos(), "prog.keep(")
			in.replace(call.End(), call.End(), ", \"\")")
		}
	case *ast.DeclStmt:
		for _, spec := range st.Decl.(*ast.GenDecl).Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				for _, name := range v.Names {
					in.after(st, name.Name)
				}
			}
		}
	}
}

// shownSQL and sendsNothing are comments that say what the statement before them sends; counted are those that say how many.
var (
	shownSQL     = regexp.MustCompile(`^((?:SELECT|INSERT|UPDATE|DELETE) (?:…|.* SET .*?))(?:: .*)?$`)
	sendsNothing = regexp.MustCompile(`\b(sends|loads) nothing\b|^none$`)
	counted      = regexp.MustCompile(`^(one|two) statements?\b`)
)

// sent returns what a comment says to be sent, as the arguments of prog.sends; false where it says nothing of it.
func sent(comment string) (string, bool) {
	if m := shownSQL.FindStringSubmatch(comment); m != nil {
		return strconv.Quote(m[1]), true
	}
	if m := counted.FindStringSubmatch(comment); m != nil {
		return map[string]string{"one": `"…"`, "two": `"…", "…"`}[m[1]], true
	}
	return "", sendsNothing.MatchString(comment)
}

// after uses variables behind the statement that makes or sets them.
func (in *instrumenter) after(st ast.Stmt, names ...string) {
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "err" })
	if len(names) > 0 {
		in.line(st.End(), strings.Repeat("_, ", len(names)-1)+"_ = "+strings.Join(names, ", ")+"\n")
	}
}

// line adds a line behind another.
func (in *instrumenter) line(pos token.Pos, text string) {
	end := in.fset.Position(pos).Offset
	end += strings.IndexByte(in.src[end:], '\n') + 1
	in.edits = append(in.edits, edit{end, end, text})
}

func (in *instrumenter) replace(from, to token.Pos, text string) {
	in.edits = append(in.edits, edit{in.fset.Position(from).Offset, in.fset.Position(to).Offset, text})
}

// comment returns what stands behind a node.
func (in *instrumenter) comment(n ast.Node) string {
	return in.comments[in.fset.Position(n.End()).Line]
}

// below returns the SQL in comments in the lines below a statement, in one line.
func (in *instrumenter) below(n ast.Node) string {
	var lines []string
	for line := in.fset.Position(n.End()).Line + 1; in.comments[line] != ""; line++ {
		lines = append(lines, in.comments[line])
	}
	if len(lines) == 0 || !begins.MatchString(lines[0]) {
		return ""
	}
	return strings.Join(lines, " ")
}

// looksAt reports whether statements look at the err that they find, before another one takes its place. That they end the function
// where there is one, or print it where nothing says what is printed, is no look.
func (in *instrumenter) looksAt(list []ast.Stmt) bool {
	for _, st := range list {
		switch st := st.(type) {
		case *ast.AssignStmt:
			if slices.Contains(assigned(st), "err") {
				return slices.ContainsFunc(st.Rhs, func(x ast.Expr) bool { return in.reads(x) })
			}
		case *ast.IfStmt:
			if init, ok := st.Init.(*ast.AssignStmt); ok && slices.Contains(assigned(init), "err") {
				return false
			}
			if isCheck(st.Cond) {
				return false
			}
		}
		if in.reads(st) {
			return true
		}
	}
	return false
}

// reads reports whether a node reads err, beside the bodies of functions and what prints without a comment.
func (in *instrumenter) reads(n ast.Node) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BlockStmt: // one that makes an err of its own does not read this one
			found = found || in.looksAt(n.List)
			return false
		case *ast.RangeStmt: // so does one with an err of its own
			if isErr(n.Value) {
				found = found || in.reads(n.X)
				return false
			}
		case *ast.CallExpr:
			return !isPrintln(n) || in.comment(n) != ""
		case *ast.Ident:
			found = found || n.Name == "err"
		}
		return true
	})
	return found
}

// assigned returns the variables of an assignment.
func assigned(st *ast.AssignStmt) (names []string) {
	for _, x := range st.Lhs {
		if id, ok := x.(*ast.Ident); ok && id.Name != "_" {
			names = append(names, id.Name)
		}
	}
	return names
}

// isBlank reports whether the left side of an assignment is _ alone.
func isBlank(lhs []ast.Expr) bool {
	id, ok := lhs[0].(*ast.Ident)
	return ok && id.Name == "_" && len(lhs) == 1
}

// isQuery reports whether a statement makes a variable of what package query makes, but for From, which is a part of a query.
func isQuery(st *ast.AssignStmt) bool {
	x := st.Rhs[0]
	for st.Tok == token.DEFINE && len(st.Lhs) == 1 {
		switch y := x.(type) {
		case *ast.CallExpr:
			x = y.Fun
		case *ast.SelectorExpr:
			if id, ok := y.X.(*ast.Ident); ok {
				return id.Name == "query" && y.Sel.Name != "From"
			}
			x = y.X
		default:
			return false
		}
	}
	return false
}

// isPrintln reports whether a call is of fmt.Println.
func isPrintln(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	id, ok := sel.X.(*ast.Ident)
	return ok && id.Name == "fmt" && sel.Sel.Name == "Println"
}

// isCheck reports whether a condition is err != nil.
func isCheck(cond ast.Expr) bool {
	c, ok := cond.(*ast.BinaryExpr)
	if !ok || c.Op != token.NEQ {
		return false
	}
	return isErr(c.X)
}

func isErr(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "err"
}
