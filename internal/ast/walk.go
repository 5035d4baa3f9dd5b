package ast

import "iter"

// Walk calls f with n and, where f returns true, with everything below it, parents first, from left to right. Walking
// does not allocate.
func Walk(n Node, f func(Node) (below bool)) {
	if !f(n) {
		return
	}
	for i := 0; ; i++ {
		c := n.Child(i)
		if c == nil {
			return
		}
		Walk(c, f)
	}
}

// Children returns the nodes directly below a node, or what a table is made of.
func Children(n interface{ Child(i int) Node }) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for i := 0; ; i++ {
			if c := n.Child(i); c == nil || !yield(c) {
				return
			}
		}
	}
}

// nth returns the i-th of the nodes, none of which is nil.
func nth(i int, nodes ...Node) Node {
	if i < len(nodes) {
		return nodes[i]
	}
	return nil
}

// Seek looks for a child by its number. Each field of a node takes its turn, and Node is what was found:
//
//	return At(i).List(c.Args).One(c.Where).Node
type Seek struct {
	Node Node
	left int // children to pass over before the one looked for
}

// At begins looking for child i.
func At(i int) Seek { return Seek{left: i} }

// One passes over a field that holds one node, or nil.
func (s Seek) One(n Node) Seek {
	if s.Node != nil || n == nil {
		return s
	}
	if s.left == 0 {
		s.Node = n
	}
	s.left--
	return s
}

// Pass passes over a field that holds several nodes of one type.
func Pass[N Node](s Seek, nodes []N) Seek {
	if s.Node != nil {
		return s
	}
	if s.left < len(nodes) {
		s.Node = nodes[s.left]
	}
	s.left -= len(nodes)
	return s
}

// PassEach is Pass of nodes that are no pointers.
func PassEach[N any, P interface {
	*N
	Node
}](s Seek, nodes []N) Seek {
	if s.Node != nil {
		return s
	}
	if s.left < len(nodes) {
		s.Node = P(&nodes[s.left])
	}
	s.left -= len(nodes)
	return s
}

// List passes over a field that holds several nodes, none of which is nil.
func (s Seek) List(nodes []Node) Seek { return Pass(s, nodes) }
