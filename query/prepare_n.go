package query

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/arg"
)

// Prepare1 prepares a query with one parameter: its SQL is written when it is run for the first time, and not again, so that a run of it
// renders nothing and allocates nothing for that. The parameter is of any kind, with its operators, and stands where an expression may:
//
//	var byEmail = query.Prepare1(func(email expr.Text) query.Query[*Customer] {
//		return query.Select(Customers).Filter(Customers.Email.EqExpr(email))
//	})
//	c, err := byEmail.With("a@b").One(ctx, s)   // SELECT … WHERE customer.email = $1 LIMIT 2
//
// The function is called when SQL is written, once for a query in most programs: with One or First, and with an integer beyond the type
// integer, the text is another one. What it returns must depend on nothing else. A parameter of a kind that may be NULL takes a pointer;
// for a list see expr.Any of an array. What changes rows is [ErrPrepared].
func Prepare1[K1 expr.ParamOf[K1, A], A any, S RowsOf[R], R any](build func(K1) S) Prepared1[A, R] {
	return Prepared1[A, R]{&preparing[R]{build: func(ps []*arg.Param) RowsOf[R] {
		return build(expr.CupelParam[K1](ps[0]))
	}}}
}

// Prepared1 is a prepared query with one parameter; any number of goroutines can use it.
type Prepared1[A, R any] struct{ once *preparing[R] }

// With gives the query its argument.
func (p Prepared1[A, R]) With(a A) Prepared[R] {
	v := &struct {
		a    A
		args [1]any
	}{a: a}
	v.args = [1]any{arg.At(&v.a)}
	return Prepared[R]{p.once, v.args[:]}
}

// Prepare2 is [Prepare1] with two parameters.
func Prepare2[K1 expr.ParamOf[K1, A], K2 expr.ParamOf[K2, B], A, B any, S RowsOf[R], R any](build func(K1, K2) S) Prepared2[A, B, R] {
	return Prepared2[A, B, R]{&preparing[R]{build: func(ps []*arg.Param) RowsOf[R] {
		return build(expr.CupelParam[K1](ps[0]), expr.CupelParam[K2](ps[1]))
	}}}
}

// Prepared2 is a prepared query with two parameters; any number of goroutines can use it.
type Prepared2[A, B, R any] struct{ once *preparing[R] }

// With gives the query its arguments.
func (p Prepared2[A, B, R]) With(a A, b B) Prepared[R] {
	v := &struct {
		a    A
		b    B
		args [2]any
	}{a: a, b: b}
	v.args = [2]any{arg.At(&v.a), arg.At(&v.b)}
	return Prepared[R]{p.once, v.args[:]}
}

// Prepare3 is [Prepare1] with three parameters.
func Prepare3[K1 expr.ParamOf[K1, A], K2 expr.ParamOf[K2, B], K3 expr.ParamOf[K3, C], A, B, C any, S RowsOf[R], R any](build func(K1, K2, K3) S) Prepared3[A, B, C, R] {
	return Prepared3[A, B, C, R]{&preparing[R]{build: func(ps []*arg.Param) RowsOf[R] {
		return build(expr.CupelParam[K1](ps[0]), expr.CupelParam[K2](ps[1]), expr.CupelParam[K3](ps[2]))
	}}}
}

// Prepared3 is a prepared query with three parameters; any number of goroutines can use it.
type Prepared3[A, B, C, R any] struct{ once *preparing[R] }

// With gives the query its arguments.
func (p Prepared3[A, B, C, R]) With(a A, b B, c C) Prepared[R] {
	v := &struct {
		a    A
		b    B
		c    C
		args [3]any
	}{a: a, b: b, c: c}
	v.args = [3]any{arg.At(&v.a), arg.At(&v.b), arg.At(&v.c)}
	return Prepared[R]{p.once, v.args[:]}
}

// Prepare4 is [Prepare1] with four parameters.
func Prepare4[K1 expr.ParamOf[K1, A], K2 expr.ParamOf[K2, B], K3 expr.ParamOf[K3, C], K4 expr.ParamOf[K4, D], A, B, C, D any, S RowsOf[R], R any](build func(K1, K2, K3, K4) S) Prepared4[A, B, C, D, R] {
	return Prepared4[A, B, C, D, R]{&preparing[R]{build: func(ps []*arg.Param) RowsOf[R] {
		return build(expr.CupelParam[K1](ps[0]), expr.CupelParam[K2](ps[1]), expr.CupelParam[K3](ps[2]), expr.CupelParam[K4](ps[3]))
	}}}
}

// Prepared4 is a prepared query with four parameters; any number of goroutines can use it.
type Prepared4[A, B, C, D, R any] struct{ once *preparing[R] }

// With gives the query its arguments.
func (p Prepared4[A, B, C, D, R]) With(a A, b B, c C, d D) Prepared[R] {
	v := &struct {
		a    A
		b    B
		c    C
		d    D
		args [4]any
	}{a: a, b: b, c: c, d: d}
	v.args = [4]any{arg.At(&v.a), arg.At(&v.b), arg.At(&v.c), arg.At(&v.d)}
	return Prepared[R]{p.once, v.args[:]}
}

// Prepare5 is [Prepare1] with five parameters.
func Prepare5[K1 expr.ParamOf[K1, A], K2 expr.ParamOf[K2, B], K3 expr.ParamOf[K3, C], K4 expr.ParamOf[K4, D], K5 expr.ParamOf[K5, E], A, B, C, D, E any, S RowsOf[R], R any](build func(K1, K2, K3, K4, K5) S) Prepared5[A, B, C, D, E, R] {
	return Prepared5[A, B, C, D, E, R]{&preparing[R]{build: func(ps []*arg.Param) RowsOf[R] {
		return build(expr.CupelParam[K1](ps[0]), expr.CupelParam[K2](ps[1]), expr.CupelParam[K3](ps[2]), expr.CupelParam[K4](ps[3]), expr.CupelParam[K5](ps[4]))
	}}}
}

// Prepared5 is a prepared query with five parameters; any number of goroutines can use it.
type Prepared5[A, B, C, D, E, R any] struct{ once *preparing[R] }

// With gives the query its arguments.
func (p Prepared5[A, B, C, D, E, R]) With(a A, b B, c C, d D, e E) Prepared[R] {
	v := &struct {
		a    A
		b    B
		c    C
		d    D
		e    E
		args [5]any
	}{a: a, b: b, c: c, d: d, e: e}
	v.args = [5]any{arg.At(&v.a), arg.At(&v.b), arg.At(&v.c), arg.At(&v.d), arg.At(&v.e)}
	return Prepared[R]{p.once, v.args[:]}
}

// Prepare6 is [Prepare1] with six parameters.
func Prepare6[K1 expr.ParamOf[K1, A], K2 expr.ParamOf[K2, B], K3 expr.ParamOf[K3, C], K4 expr.ParamOf[K4, D], K5 expr.ParamOf[K5, E], K6 expr.ParamOf[K6, F], A, B, C, D, E, F any, S RowsOf[R], R any](build func(K1, K2, K3, K4, K5, K6) S) Prepared6[A, B, C, D, E, F, R] {
	return Prepared6[A, B, C, D, E, F, R]{&preparing[R]{build: func(ps []*arg.Param) RowsOf[R] {
		return build(expr.CupelParam[K1](ps[0]), expr.CupelParam[K2](ps[1]), expr.CupelParam[K3](ps[2]), expr.CupelParam[K4](ps[3]), expr.CupelParam[K5](ps[4]), expr.CupelParam[K6](ps[5]))
	}}}
}

// Prepared6 is a prepared query with six parameters; any number of goroutines can use it.
type Prepared6[A, B, C, D, E, F, R any] struct{ once *preparing[R] }

// With gives the query its arguments.
func (p Prepared6[A, B, C, D, E, F, R]) With(a A, b B, c C, d D, e E, f F) Prepared[R] {
	v := &struct {
		a    A
		b    B
		c    C
		d    D
		e    E
		f    F
		args [6]any
	}{a: a, b: b, c: c, d: d, e: e, f: f}
	v.args = [6]any{arg.At(&v.a), arg.At(&v.b), arg.At(&v.c), arg.At(&v.d), arg.At(&v.e), arg.At(&v.f)}
	return Prepared[R]{p.once, v.args[:]}
}

// Prepare7 is [Prepare1] with seven parameters.
func Prepare7[K1 expr.ParamOf[K1, A], K2 expr.ParamOf[K2, B], K3 expr.ParamOf[K3, C], K4 expr.ParamOf[K4, D], K5 expr.ParamOf[K5, E], K6 expr.ParamOf[K6, F], K7 expr.ParamOf[K7, G], A, B, C, D, E, F, G any, S RowsOf[R], R any](build func(K1, K2, K3, K4, K5, K6, K7) S) Prepared7[A, B, C, D, E, F, G, R] {
	return Prepared7[A, B, C, D, E, F, G, R]{&preparing[R]{build: func(ps []*arg.Param) RowsOf[R] {
		return build(expr.CupelParam[K1](ps[0]), expr.CupelParam[K2](ps[1]), expr.CupelParam[K3](ps[2]), expr.CupelParam[K4](ps[3]), expr.CupelParam[K5](ps[4]), expr.CupelParam[K6](ps[5]), expr.CupelParam[K7](ps[6]))
	}}}
}

// Prepared7 is a prepared query with seven parameters; any number of goroutines can use it.
type Prepared7[A, B, C, D, E, F, G, R any] struct{ once *preparing[R] }

// With gives the query its arguments.
func (p Prepared7[A, B, C, D, E, F, G, R]) With(a A, b B, c C, d D, e E, f F, g G) Prepared[R] {
	v := &struct {
		a    A
		b    B
		c    C
		d    D
		e    E
		f    F
		g    G
		args [7]any
	}{a: a, b: b, c: c, d: d, e: e, f: f, g: g}
	v.args = [7]any{arg.At(&v.a), arg.At(&v.b), arg.At(&v.c), arg.At(&v.d), arg.At(&v.e), arg.At(&v.f), arg.At(&v.g)}
	return Prepared[R]{p.once, v.args[:]}
}

// Prepare8 is [Prepare1] with eight parameters.
func Prepare8[K1 expr.ParamOf[K1, A], K2 expr.ParamOf[K2, B], K3 expr.ParamOf[K3, C], K4 expr.ParamOf[K4, D], K5 expr.ParamOf[K5, E], K6 expr.ParamOf[K6, F], K7 expr.ParamOf[K7, G], K8 expr.ParamOf[K8, H], A, B, C, D, E, F, G, H any, S RowsOf[R], R any](build func(K1, K2, K3, K4, K5, K6, K7, K8) S) Prepared8[A, B, C, D, E, F, G, H, R] {
	return Prepared8[A, B, C, D, E, F, G, H, R]{&preparing[R]{build: func(ps []*arg.Param) RowsOf[R] {
		return build(expr.CupelParam[K1](ps[0]), expr.CupelParam[K2](ps[1]), expr.CupelParam[K3](ps[2]), expr.CupelParam[K4](ps[3]), expr.CupelParam[K5](ps[4]), expr.CupelParam[K6](ps[5]), expr.CupelParam[K7](ps[6]), expr.CupelParam[K8](ps[7]))
	}}}
}

// Prepared8 is a prepared query with eight parameters; any number of goroutines can use it.
type Prepared8[A, B, C, D, E, F, G, H, R any] struct{ once *preparing[R] }

// With gives the query its arguments.
func (p Prepared8[A, B, C, D, E, F, G, H, R]) With(a A, b B, c C, d D, e E, f F, g G, h H) Prepared[R] {
	v := &struct {
		a    A
		b    B
		c    C
		d    D
		e    E
		f    F
		g    G
		h    H
		args [8]any
	}{a: a, b: b, c: c, d: d, e: e, f: f, g: g, h: h}
	v.args = [8]any{arg.At(&v.a), arg.At(&v.b), arg.At(&v.c), arg.At(&v.d), arg.At(&v.e), arg.At(&v.f), arg.At(&v.g), arg.At(&v.h)}
	return Prepared[R]{p.once, v.args[:]}
}
