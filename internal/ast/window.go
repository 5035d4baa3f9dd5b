package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Over is a function that is worked out over a window: "sum(x) OVER (PARTITION BY y)", "sum(x) OVER w".
type Over struct {
	atom

	Call   Node
	Window *Window
}

// AppendSQL writes the call and the window, by its name where it has one.
func (o *Over) AppendSQL(w *sqlw.Writer) {
	o.Call.AppendSQL(w)
	w.Text(" OVER ")
	if o.Window.Name != "" {
		w.Ident(o.Window.Name)
		return
	}
	o.Window.AppendSQL(w)
}

// Child returns the call, or the window.
func (o *Over) Child(i int) Node {
	if o.Window == nil {
		return nth(i, o.Call)
	}
	return nth(i, o.Call, o.Window)
}

// Window says which rows a function is worked out over: "(PARTITION BY x ORDER BY y ROWS BETWEEN …)".
type Window struct {
	atom

	Name      string // "": it is written where it is used
	Base      string // "", or the name of the window that it adds to
	Partition []Node
	Order     []Node
	Frame     Frame
}

// Frame is the part of a partition that counts for a row.
type Frame struct {
	Unit       string // ROWS, RANGE, GROUPS; "": the frame is not said
	Start, End FrameEnd
	Exclude    string // "", or what is left out: "CURRENT ROW", "GROUP", "TIES"
}

// FrameEnd is one end of a frame: "$1 PRECEDING", "UNBOUNDED FOLLOWING".
type FrameEnd struct {
	N    Node // nil: the words stand alone
	Text string
}

// AppendSQL writes the definition in parentheses.
func (v *Window) AppendSQL(w *sqlw.Writer) {
	w.Byte('(')
	space := false
	part := func(word string, ns []Node) {
		if len(ns) == 0 {
			return
		}
		if space {
			w.Byte(' ')
		}
		space = true
		w.Text(word)
		list(w, ns)
	}
	if v.Base != "" {
		w.Ident(v.Base)
		space = true
	}
	part("PARTITION BY ", v.Partition)
	part("ORDER BY ", v.Order)
	if v.Frame.Unit != "" {
		if space {
			w.Byte(' ')
		}
		v.Frame.append(w)
	}
	w.Byte(')')
}

func (f *Frame) append(w *sqlw.Writer) {
	w.Text(f.Unit)
	w.Text(" BETWEEN ")
	f.Start.append(w)
	w.Text(" AND ")
	f.End.append(w)
	if f.Exclude != "" {
		w.Text(" EXCLUDE ")
		w.Text(f.Exclude)
	}
}

func (e *FrameEnd) append(w *sqlw.Writer) {
	if e.N != nil {
		Operand(w, e.N, sqlw.PrecAtom)
		w.Byte(' ')
	}
	w.Text(e.Text)
}

// Child returns a key, or the distance of an end.
func (v *Window) Child(i int) Node {
	return At(i).List(v.Partition).List(v.Order).One(v.Frame.Start.N).One(v.Frame.End.N).Node
}
