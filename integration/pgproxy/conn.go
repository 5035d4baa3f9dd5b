package pgproxy

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"time"
)

// The codes of the messages that may come in place of a startup message.
const (
	cancelCode = 80877102
	sslCode    = 80877103
	gssCode    = 80877104
)

// patience is how long the server is waited for before a connection is cut.
const patience = 2 * time.Second

const (
	chunkSize  = 256 << 10
	maxStartup = 10000 // PostgreSQL takes no longer startup message either.
)

// conn is one client's connection and that to the server behind it. The proxy's mutex guards the fields after done.
type conn struct {
	p      *Proxy
	client net.Conn
	server net.Conn      // attach sets it, before anything but end uses it
	muted  chan struct{} // It is closed when the client is to get nothing more.
	done   chan struct{} // It is closed when the connection has ended.

	ended    bool
	cutting  bool // muted is closed
	number   int  // from 1; 0 before the startup message, and for a cancel request
	waiting  bool // The client sent something that asks for an answer, and none came yet.
	lastSync bool // Only a Sync may follow before the cut; see CutAfter.
	names    names
	answers  framer
}

func newConn(p *Proxy, client net.Conn) *conn {
	return &conn{
		p: p, client: client, muted: make(chan struct{}), done: make(chan struct{}), names: newNames(),
	}
}

// serve relays one client's connection until it ends.
func (c *conn) serve() {
	defer c.end(false)
	startup, code, err := c.readStartup()
	if err != nil {
		return
	}
	server, err := c.p.dial()
	if err != nil || !c.attach(server, code) {
		return
	}
	if _, err := server.Write(startup); err != nil {
		return
	}
	c.p.wg.Go(c.toClient)
	if code == cancelCode {
		_, _ = io.Copy(server, c.client)
		return
	}
	c.toServer()
}

// readStartup returns the startup message or cancel request, and its code. Requests for encryption are turned down.
func (c *conn) readStartup() ([]byte, uint32, error) {
	const head = 8
	for {
		message := make([]byte, head)
		if _, err := io.ReadFull(c.client, message); err != nil {
			return nil, 0, err
		}
		size, code := binary.BigEndian.Uint32(message), binary.BigEndian.Uint32(message[4:])
		if size < head || size > maxStartup {
			return nil, 0, errors.New("pgproxy: not a startup message")
		}
		if code == sslCode || code == gssCode {
			if _, err := c.client.Write([]byte("N")); err != nil {
				return nil, 0, err
			}
			continue
		}
		message = append(message, make([]byte, size-head)...)
		_, err := io.ReadFull(c.client, message[head:])
		return message, code, err
	}
}

// attach gives the connection its server. It is false, and the server closed, when the connection has ended meanwhile.
func (c *conn) attach(server net.Conn, code uint32) bool {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	if c.ended {
		_ = server.Close()
		return false
	}
	c.server = server
	if code != cancelCode {
		c.p.lastConn++
		c.number = c.p.lastConn
		c.p.connects++
	}
	return true
}

// toServer relays whole messages from the client to the server, and looks at each of them before.
func (c *conn) toServer() {
	const syncWait = 100 * time.Millisecond
	var pending []byte
	chunk := make([]byte, chunkSize)
	for {
		n, readErr := c.client.Read(chunk)
		pending = append(pending, chunk[:n]...)
		size, next := c.scan(pending)
		relayed, cut := c.pass(ToServer, size)
		if relayed > 0 {
			if _, err := c.server.Write(pending[:relayed]); err != nil {
				return
			}
		}
		pending = append(pending[:0], pending[size:]...)
		switch {
		case cut, next == cutNow, next == cutAfterSync && readErr != nil:
			c.settle()
			return
		case next == stop, readErr != nil:
			return
		case next == cutAfterSync:
			_ = c.client.SetReadDeadline(time.Now().Add(syncWait))
		}
	}
}

// toClient relays what the server sends.
func (c *conn) toClient() {
	chunk := make([]byte, chunkSize)
	for {
		n, readErr := c.server.Read(chunk)
		if n > 0 && c.answer(chunk[:n]) {
			relayed, end := c.p.ending(chunk[:n])
			size, cut := c.pass(ToClient, len(relayed))
			if _, err := c.client.Write(relayed[:size]); err != nil || end {
				break
			}
			if cut {
				c.drain(chunk)
				break
			}
		}
		if readErr != nil {
			break
		}
	}
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	c.endLocked(c.cutting)
}

// drain takes what the server still sends of its work, until it finds the end of its input and goes, and ends the connection.
func (c *conn) drain(chunk []byte) {
	if half, ok := c.server.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
		_ = c.server.SetReadDeadline(time.Now().Add(patience))
		for {
			if _, err := c.server.Read(chunk); err != nil {
				break
			}
		}
	}
	c.end(false)
}

// answer waits while the proxy stalls and then says whether to relay what came from the server.
func (c *conn) answer(sent []byte) bool {
	select {
	case <-c.p.opened():
	case <-c.muted:
	case <-c.done:
	}
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	if c.cutting || c.ended {
		return false
	}
	if c.number == 0 {
		return true
	}
	if c.waiting {
		c.waiting = false
		c.p.trips++
	}
	c.p.bytesIn += int64(len(sent))
	c.answers.scan(sent, func(kind byte, size int) {
		c.p.messages = append(c.p.messages, Message{ToClient, kind, size})
	})
	return true
}

// settle cuts a connection after the server has done what it got: it then finds the end of its input, rolls back what
// is open and goes. So a test that sees the cut also sees all that its statements did. A server that is busy for long
// is not waited for.
func (c *conn) settle() {
	if half, ok := c.server.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
		timer := time.NewTimer(patience)
		defer timer.Stop()
		select {
		case <-c.done:
		case <-timer.C:
		}
	}
	c.end(true)
}

func (c *conn) end(hard bool) {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	c.endLocked(hard)
}

// endLocked closes both sides, with a reset when hard. The caller holds the proxy's mutex.
func (c *conn) endLocked(hard bool) {
	if c.ended {
		return
	}
	c.ended = true
	delete(c.p.conns, c)
	close(c.done)
	for _, side := range []net.Conn{c.client, c.server} {
		if side == nil {
			continue
		}
		if tcp, ok := side.(*net.TCPConn); ok && hard {
			_ = tcp.SetLinger(0)
		}
		_ = side.Close()
	}
}
