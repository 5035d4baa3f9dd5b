package expr_test

import (
	"net/netip"
	"testing"

	"github.com/cupel-go/cupel/expr"
)

func TestNetworks(t *testing.T) {
	c, net := table, netip.MustParsePrefix("10.0.0.0/8")
	check(t, []golden{
		{"ContainedBy", c.IP.ContainedBy(net), "t.ip <<= $1::inet", args{net}},
		{"ContainedByExpr", c.IP.ContainedByExpr(c.Net), "t.ip <<= t.net", nil},
		{"StrictlyContainedBy", c.Net.StrictlyContainedBy(net).Not(), "NOT t.net << $1::inet", args{net}},
		{"StrictlyContainedByExpr", c.Net.StrictlyContainedByExpr(c.IP), "t.net << t.ip", nil},
		{"Contains", c.Net.Contains(net), "t.net >>= $1::inet", args{net}},
		{"ContainsExpr", c.Net.ContainsExpr(c.IP), "t.net >>= t.ip", nil},
		{"StrictlyContains", c.Net.StrictlyContains(net), "t.net >> $1::inet", args{net}},
		{"StrictlyContainsExpr", c.Net.StrictlyContainsExpr(c.IP), "t.net >> t.ip", nil},
		{"Overlaps", c.Net.Overlaps(net), "t.net && $1::inet", args{net}},
		{"OverlapsExpr", c.Net.OverlapsExpr(c.Net), "t.net && t.net", nil},
		{"Host", expr.Host(c.Net).Like("10.%"), "host(t.net) LIKE $1", args{"10.%"}},
		{"MaskLen", expr.MaskLen(c.Net).Eq(24), "masklen(t.net) = $1", args{int32(24)}},
		{"AddrFamily", expr.AddrFamily(c.IP), "family(t.ip)", nil},
		{"NetworkPart", expr.NetworkPart(c.Net).Contains(net), "network(t.net) >>= $1::inet", args{net}},
		{"Eq", c.IP.Eq(net.Addr()), "t.ip = $1", args{net.Addr()}},
	})
}
