package expr

import "github.com/cupel-go/cupel/internal/ast"

// Lower renders "lower(x)".
func Lower[V ~string, R any](x ValueOf[V, R]) TextOf[V, R] { return textCall(x, "lower") }

// Upper renders "upper(x)".
func Upper[V ~string, R any](x ValueOf[V, R]) TextOf[V, R] { return textCall(x, "upper") }

// InitCap renders "initcap(x)": the first letter of each word upper case, the others lower case.
func InitCap[V ~string, R any](x ValueOf[V, R]) TextOf[V, R] { return textCall(x, "initcap") }

// Reverse renders "reverse(x)".
func Reverse[V ~string, R any](x ValueOf[V, R]) TextOf[V, R] { return textCall(x, "reverse") }

// Trim renders "trim(x)": without blanks at both ends.
func Trim[V ~string, R any](x ValueOf[V, R]) TextOf[V, R] { return textCall(x, "trim") }

// LTrim renders "ltrim(x)": without blanks at the beginning.
func LTrim[V ~string, R any](x ValueOf[V, R]) TextOf[V, R] { return textCall(x, "ltrim") }

// RTrim renders "rtrim(x)": without blanks at the end.
func RTrim[V ~string, R any](x ValueOf[V, R]) TextOf[V, R] { return textCall(x, "rtrim") }

// Substr renders "substr(x, $1, $2)": n characters from the one at position from, which counts from 1. A negative n is
// an error of the server.
func Substr[V ~string, R any](x ValueOf[V, R], from, n int32) TextOf[V, R] {
	return textCall(x, "substr", Val(from).Node(), Val(n).Node())
}

// Left renders "left(x, $1)": the first n characters; with a negative n, all but the last -n.
func Left[V ~string, R any](x ValueOf[V, R], n int32) TextOf[V, R] {
	return textCall(x, "left", Val(n).Node())
}

// Right renders "right(x, $1)": the last n characters; with a negative n, all but the first -n.
func Right[V ~string, R any](x ValueOf[V, R], n int32) TextOf[V, R] {
	return textCall(x, "right", Val(n).Node())
}

// LPad renders "lpad(x, $1, $2)": filled up to n characters at the beginning, or cut to n.
func LPad[V ~string, R any](x ValueOf[V, R], n int32, fill string) TextOf[V, R] {
	return textCall(x, "lpad", Val(n).Node(), Val(fill).Node())
}

// RPad renders "rpad(x, $1, $2)": filled up to n characters at the end, or cut to n.
func RPad[V ~string, R any](x ValueOf[V, R], n int32, fill string) TextOf[V, R] {
	return textCall(x, "rpad", Val(n).Node(), Val(fill).Node())
}

// Replace renders "replace(x, $1, $2)": every from as to.
func Replace[V ~string, R any](x ValueOf[V, R], from, to string) TextOf[V, R] {
	return textCall(x, "replace", Val(from).Node(), Val(to).Node())
}

// RegexpReplace renders "regexp_replace(x, $1, $2, $3)": what the regular expression matches as to, in which \1 is its
// first group. The flag g is for every match instead of the first, i for upper and lower case the same.
func RegexpReplace[V ~string, R any](x ValueOf[V, R], re, to, flags string) TextOf[V, R] {
	return textCall(x, "regexp_replace", Val(re).Node(), Val(to).Node(), Val(flags).Node())
}

// SplitPart renders "split_part(x, $1, $2)": the n-th part, from 1, of a text with sep between its parts; an empty text
// where there is none.
func SplitPart[V ~string, R any](x ValueOf[V, R], sep string, n int32) TextOf[V, R] {
	return textCall(x, "split_part", Val(sep).Node(), Val(n).Node())
}

func textCall[V ~string, R any](x ValueOf[V, R], name string, more ...ast.Node) TextOf[V, R] {
	return call[TextOf[V, R]](name, append([]ast.Node{ast.Of(x)}, more...)...)
}

// Length renders "length(x)": the number of characters.
func Length[V ~string](x Of[V]) NullInt { return call1[NullInt]("length", x) }

// StrPos renders "strpos(x, $1)": the position of part in x, from 1; 0 where it is not there.
func StrPos[V ~string](x Of[V], part string) NullInt {
	return call[NullInt]("strpos", ast.Of(x), Val(part).Node())
}

// Concat renders "concat(x, y, …)", which leaves NULLs out and is never NULL itself. Compare [TextOf.ConcatExpr].
func Concat(xs ...Expression) Text { return call[Text]("concat", nodes(xs)...) }

// ConcatWS renders "concat_ws($1, x, y, …)": Concat with sep between those that are not NULL.
func ConcatWS(sep string, xs ...Expression) Text {
	return call[Text]("concat_ws", append([]ast.Node{Val(sep).Node()}, nodes(xs)...)...)
}

// ToChar renders "to_char(x, $1)": a time, an interval or a number as text, in a format such as 'YYYY-MM' or 'FM990.00'.
func ToChar(x Expression, format string) NullText {
	return call[NullText]("to_char", ast.Of(x), Val(format).Node())
}
