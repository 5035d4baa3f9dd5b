package query

// Row2 is a row of two values.
type Row2[A, B any] struct {
	V1 A
	V2 B
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row2[A, B]) String() string {
	return tuple(r.V1, r.V2)
}

// Values returns the values one by one.
func (r Row2[A, B]) Values() (A, B) {
	return r.V1, r.V2
}

// Row3 is a row of three values.
type Row3[A, B, C any] struct {
	V1 A
	V2 B
	V3 C
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row3[A, B, C]) String() string {
	return tuple(r.V1, r.V2, r.V3)
}

// Values returns the values one by one.
func (r Row3[A, B, C]) Values() (A, B, C) {
	return r.V1, r.V2, r.V3
}

// Row4 is a row of four values.
type Row4[A, B, C, D any] struct {
	V1 A
	V2 B
	V3 C
	V4 D
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row4[A, B, C, D]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4)
}

// Values returns the values one by one.
func (r Row4[A, B, C, D]) Values() (A, B, C, D) {
	return r.V1, r.V2, r.V3, r.V4
}

// Row5 is a row of five values.
type Row5[A, B, C, D, E any] struct {
	V1 A
	V2 B
	V3 C
	V4 D
	V5 E
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row5[A, B, C, D, E]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5)
}

// Values returns the values one by one.
func (r Row5[A, B, C, D, E]) Values() (A, B, C, D, E) {
	return r.V1, r.V2, r.V3, r.V4, r.V5
}

// Row6 is a row of six values.
type Row6[A, B, C, D, E, F any] struct {
	V1 A
	V2 B
	V3 C
	V4 D
	V5 E
	V6 F
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row6[A, B, C, D, E, F]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5, r.V6)
}

// Values returns the values one by one.
func (r Row6[A, B, C, D, E, F]) Values() (A, B, C, D, E, F) {
	return r.V1, r.V2, r.V3, r.V4, r.V5, r.V6
}

// Row7 is a row of seven values.
type Row7[A, B, C, D, E, F, G any] struct {
	V1 A
	V2 B
	V3 C
	V4 D
	V5 E
	V6 F
	V7 G
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row7[A, B, C, D, E, F, G]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7)
}

// Values returns the values one by one.
func (r Row7[A, B, C, D, E, F, G]) Values() (A, B, C, D, E, F, G) {
	return r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7
}

// Row8 is a row of eight values.
type Row8[A, B, C, D, E, F, G, H any] struct {
	V1 A
	V2 B
	V3 C
	V4 D
	V5 E
	V6 F
	V7 G
	V8 H
}

// String returns the row as SQL would write it: ('Plumber', NULL, 3).
func (r Row8[A, B, C, D, E, F, G, H]) String() string {
	return tuple(r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8)
}

// Values returns the values one by one.
func (r Row8[A, B, C, D, E, F, G, H]) Values() (A, B, C, D, E, F, G, H) {
	return r.V1, r.V2, r.V3, r.V4, r.V5, r.V6, r.V7, r.V8
}
