package expr

import (
	"net/netip"
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
)

// Columns of addresses and networks. A column cidr is named with model.Type.
type (
	Inet     = NetworkOf[netip.Prefix, netip.Prefix] // inet: an address, with the length of its network
	NullInet = NetworkOf[netip.Prefix, *netip.Prefix]
	Addr     = NetworkOf[netip.Addr, netip.Addr] // inet, of addresses alone: another value is an error when it is read
	NullAddr = NetworkOf[netip.Addr, *netip.Addr]
)

func (NetworkOf[V, R]) with(b *ast.Box) (k NetworkOf[V, R])       { k.box = b; return k }
func (NetworkOf[V, R]) notNull(b *ast.Box) (k NetworkOf[V, V])    { k.box = b; return k }
func (NetworkOf[V, R]) maybeNull(b *ast.Box) (k NetworkOf[V, *V]) { k.box = b; return k }
func (NetworkOf[V, R]) network()                                  {}

func (NetworkOf[V, R]) kind() ColumnKind {
	return kindOf(reflect.TypeFor[V](), reflect.TypeFor[R]()).as("inet")
}

// NetworkExpr is an address or a network of whatever Go type.
type NetworkExpr interface {
	Expression
	network()
}

// ContainedBy renders "x <<= $1::inet": whether it lies in a network, or is it.
//
//	v.IP.ContainedBy(netip.MustParsePrefix("10.0.0.0/8"))
func (n NetworkOf[V, R]) ContainedBy(net netip.Prefix) Predicate {
	return networkTest(n.box, "<<=", net)
}

// ContainedByExpr renders "x <<= y".
func (n NetworkOf[V, R]) ContainedByExpr(y NetworkExpr) Predicate {
	return operation[Predicate](n.box, "<<=", ast.Of(y))
}

// StrictlyContainedBy renders "x << $1::inet": ContainedBy, which is false of the network itself.
func (n NetworkOf[V, R]) StrictlyContainedBy(net netip.Prefix) Predicate {
	return networkTest(n.box, "<<", net)
}

// StrictlyContainedByExpr renders "x << y".
func (n NetworkOf[V, R]) StrictlyContainedByExpr(y NetworkExpr) Predicate {
	return operation[Predicate](n.box, "<<", ast.Of(y))
}

// Contains renders "x >>= $1::inet": whether a network, or an address, lies in it, or is it.
func (n NetworkOf[V, R]) Contains(net netip.Prefix) Predicate { return networkTest(n.box, ">>=", net) }

// ContainsExpr renders "x >>= y".
func (n NetworkOf[V, R]) ContainsExpr(y NetworkExpr) Predicate {
	return operation[Predicate](n.box, ">>=", ast.Of(y))
}

// StrictlyContains renders "x >> $1::inet": Contains, which is false of the network itself.
func (n NetworkOf[V, R]) StrictlyContains(net netip.Prefix) Predicate {
	return networkTest(n.box, ">>", net)
}

// StrictlyContainsExpr renders "x >> y".
func (n NetworkOf[V, R]) StrictlyContainsExpr(y NetworkExpr) Predicate {
	return operation[Predicate](n.box, ">>", ast.Of(y))
}

// Overlaps renders "x && $1::inet": whether either lies in the other.
func (n NetworkOf[V, R]) Overlaps(net netip.Prefix) Predicate { return networkTest(n.box, "&&", net) }

// OverlapsExpr renders "x && y".
func (n NetworkOf[V, R]) OverlapsExpr(y NetworkExpr) Predicate {
	return operation[Predicate](n.box, "&&", ast.Of(y))
}

func networkTest(x *ast.Box, op string, net netip.Prefix) Predicate {
	return operation[Predicate](x, op, literal(net, "inet").Node)
}

// Host renders "host(x)": the address as text, without the length of its network.
func Host(x NetworkExpr) NullText { return call[NullText]("host", ast.Of(x)) }

// MaskLen renders "masklen(x)": the length of the network in bits.
func MaskLen(x NetworkExpr) NullInt32 { return call[NullInt32]("masklen", ast.Of(x)) }

// AddrFamily renders "family(x)": 4 or 6.
func AddrFamily(x NetworkExpr) NullInt32 { return call[NullInt32]("family", ast.Of(x)) }

// NetworkPart renders "network(x)": the network in which an address is.
func NetworkPart(x NetworkExpr) NullInet { return call[NullInet]("network", ast.Of(x)) }
