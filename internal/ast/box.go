package ast

// Box holds a node. A typed expression is a pointer to one, which an interface takes without an allocation, as it does not
// take a node, which is two words.
type Box struct{ Node Node }

// Boxed returns n in a box; the two are one allocation.
func Boxed[N any, P interface {
	*N
	Node
}](n N) *Box {
	b := &struct {
		node N
		box  Box
	}{node: n}
	b.box.Node = P(&b.node)
	return &b.box
}

// CallOf returns the call of a function with one argument in a box; all of it is one allocation.
func CallOf(name string, x Node) *Box {
	b := &struct {
		node Call
		args [1]Node
		box  Box
	}{node: Call{Name: name}, args: [1]Node{x}}
	b.node.Args = b.args[:]
	b.box.Node = &b.node
	return &b.box
}
