package query

// Row9 is a row of nine values.
type Row9[A, B, C, D, E, F, G, H, I any] struct {
	V1 A
	V2 B
	V3 C
	V4 D
	V5 E
	V6 F
	V7 G
	V8 H
	V9 I
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row9[A, B, C, D, E, F, G, H, I]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9)
}

// Values returns the values one by one.
func (r Row9[A, B, C, D, E, F, G, H, I]) Values() (A, B, C, D, E, F, G, H, I) {
	return r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9
}

// Row10 is a row of ten values.
type Row10[A, B, C, D, E, F, G, H, I, J any] struct {
	V1  A
	V2  B
	V3  C
	V4  D
	V5  E
	V6  F
	V7  G
	V8  H
	V9  I
	V10 J
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row10[A, B, C, D, E, F, G, H, I, J]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10)
}

// Values returns the values one by one.
func (r Row10[A, B, C, D, E, F, G, H, I, J]) Values() (A, B, C, D, E, F, G, H, I, J) {
	return r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10
}

// Row11 is a row of eleven values.
type Row11[A, B, C, D, E, F, G, H, I, J, K any] struct {
	V1  A
	V2  B
	V3  C
	V4  D
	V5  E
	V6  F
	V7  G
	V8  H
	V9  I
	V10 J
	V11 K
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row11[A, B, C, D, E, F, G, H, I, J, K]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11)
}

// Values returns the values one by one.
func (r Row11[A, B, C, D, E, F, G, H, I, J, K]) Values() (A, B, C, D, E, F, G, H, I, J, K) {
	return r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11
}

// Row12 is a row of twelve values.
type Row12[A, B, C, D, E, F, G, H, I, J, K, L any] struct {
	V1  A
	V2  B
	V3  C
	V4  D
	V5  E
	V6  F
	V7  G
	V8  H
	V9  I
	V10 J
	V11 K
	V12 L
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row12[A, B, C, D, E, F, G, H, I, J, K, L]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11, r.V12)
}

// Values returns the values one by one.
func (r Row12[A, B, C, D, E, F, G, H, I, J, K, L]) Values() (A, B, C, D, E, F, G, H, I, J, K, L) {
	return r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11, r.V12
}

// Row13 is a row of thirteen values.
type Row13[A, B, C, D, E, F, G, H, I, J, K, L, M any] struct {
	V1  A
	V2  B
	V3  C
	V4  D
	V5  E
	V6  F
	V7  G
	V8  H
	V9  I
	V10 J
	V11 K
	V12 L
	V13 M
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row13[A, B, C, D, E, F, G, H, I, J, K, L, M]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11, r.V12, r.V13)
}

// Values returns the values one by one.
func (r Row13[A, B, C, D, E, F, G, H, I, J, K, L, M]) Values() (A, B, C, D, E, F, G, H, I, J, K, L, M) {
	return r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11, r.V12, r.V13
}

// Row14 is a row of fourteen values.
type Row14[A, B, C, D, E, F, G, H, I, J, K, L, M, N any] struct {
	V1  A
	V2  B
	V3  C
	V4  D
	V5  E
	V6  F
	V7  G
	V8  H
	V9  I
	V10 J
	V11 K
	V12 L
	V13 M
	V14 N
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row14[A, B, C, D, E, F, G, H, I, J, K, L, M, N]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11, r.V12, r.V13, r.V14)
}

// Values returns the values one by one.
func (r Row14[A, B, C, D, E, F, G, H, I, J, K, L, M, N]) Values() (A, B, C, D, E, F, G, H, I, J, K, L, M, N) {
	return r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11, r.V12, r.V13, r.V14
}

// Row15 is a row of fifteen values.
type Row15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O any] struct {
	V1  A
	V2  B
	V3  C
	V4  D
	V5  E
	V6  F
	V7  G
	V8  H
	V9  I
	V10 J
	V11 K
	V12 L
	V13 M
	V14 N
	V15 O
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11, r.V12, r.V13, r.V14, r.V15)
}

// Values returns the values one by one.
func (r Row15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O]) Values() (A, B, C, D, E, F, G, H, I, J, K, L, M, N, O) {
	return r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11, r.V12, r.V13, r.V14, r.V15
}

// Row16 is a row of sixteen values.
type Row16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P any] struct {
	V1  A
	V2  B
	V3  C
	V4  D
	V5  E
	V6  F
	V7  G
	V8  H
	V9  I
	V10 J
	V11 K
	V12 L
	V13 M
	V14 N
	V15 O
	V16 P
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11, r.V12, r.V13, r.V14, r.V15, r.V16)
}

// Values returns the values one by one.
func (r Row16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P]) Values() (A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P) {
	return r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8, r.V9, r.V10, r.V11, r.V12, r.V13, r.V14, r.V15, r.V16
}
