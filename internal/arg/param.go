package arg

import "math"

// Param is the place of an argument that is given when the statement runs, in a statement that is written before. It is
// known by its address.
type Param struct {
	At   int    // which one
	Cast string // the type that is written behind it where nothing else says one; "": none
}

// Cast returns the type that an integer, or a list of such, is written with: "" where it fits into the type integer. One beyond is a
// bigint, as it is in SQL text: the server would take it for an integer where it meets one, and refuse it.
func Cast(a any) string {
	switch x := a.(type) {
	case int64:
		return bigint(wide(x))
	case Ref[int64]:
		return bigint(wide(*x.p))
	case int:
		return bigint(wide(x))
	case Ref[int]:
		return bigint(wide(*x.p))
	case []int64:
		return bigints(x)
	case Ref[[]int64]:
		return bigints(*x.p)
	case []int:
		return bigints(x)
	case Ref[[]int]:
		return bigints(*x.p)
	case Ref[*int64]:
		return bigint(*x.p != nil && wide(**x.p))
	case Ref[*int]:
		return bigint(*x.p != nil && wide(**x.p))
	case *Param:
		return x.Cast
	}
	return ""
}

func bigint(wide bool) string {
	if wide {
		return "bigint"
	}
	return ""
}

func bigints[N int | int64](ns []N) string {
	for _, n := range ns {
		if wide(n) {
			return "bigint[]"
		}
	}
	return ""
}

func wide[N int | int64](n N) bool { return int64(n) < math.MinInt32 || int64(n) > math.MaxInt32 }

// Named are arguments by their names.
type Named map[string]any
