package pgproxy

import (
	"encoding/binary"
	"slices"
)

// Direction is where bytes go.
type Direction int

// The directions.
const (
	ToServer Direction = iota
	ToClient
)

// String returns "to the server" or "to the client".
func (d Direction) String() string {
	if d == ToServer {
		return "to the server"
	}
	return "to the client"
}

// Message is one message of the protocol.
type Message struct {
	To   Direction
	Kind byte // as 'E', which is Execute to the server and ErrorResponse to the client
	Size int  // in bytes, with its head
}

// Messages returns the messages since Reset, without startup messages, in the order in which they passed.
func (p *Proxy) Messages() []Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.messages)
}

// framer finds the messages in what the server sends, which comes in chunks.
type framer struct {
	head []byte // what came of the head of a message
	left int    // bytes that are to come of its body
}

const headSize = 5

// scan calls message for each message that ends in a chunk.
func (f *framer) scan(chunk []byte, message func(kind byte, size int)) {
	for len(chunk) > 0 {
		if missing := headSize - len(f.head); missing > 0 {
			n := min(missing, len(chunk))
			f.head, chunk = append(f.head, chunk[:n]...), chunk[n:]
			if len(f.head) < headSize {
				return
			}
			f.left = int(binary.BigEndian.Uint32(f.head[1:])) - (headSize - 1)
		}
		n := min(f.left, len(chunk))
		f.left, chunk = f.left-n, chunk[n:]
		if f.left == 0 {
			message(f.head[0], 1+int(binary.BigEndian.Uint32(f.head[1:])))
			f.head = f.head[:0]
		}
	}
}

// CutAt cuts one connection when n bytes from now have gone in a direction: what comes after them is lost, and so is all that goes
// the other way from then on. The startup message does not count, the server's answer to it does. As with [Proxy.CutAfter],
// the client finds itself cut when the server has done what it got: with a reset where the bytes are those to the server, with
// the end of its input where they are those to itself. A later call replaces one for the same direction, and a negative
// number takes it back.
func (p *Proxy) CutAt(to Direction, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cutAt[to] = position{armed: n >= 0, left: n}
}

// position is how many bytes are still to go before a cut.
type position struct {
	armed bool
	left  int
}

// pass returns how many of the size bytes that are to be relayed go before the cut, and whether it is there.
func (c *conn) pass(to Direction, size int) (int, bool) {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	at := &c.p.cutAt[to]
	switch {
	case !at.armed || size == 0 || c.number == 0 || c.cutting:
		return size, false
	case size < at.left:
		at.left -= size
		return size, false
	}
	at.armed = false
	if to == ToServer {
		c.mute()
	}
	return at.left, true
}
