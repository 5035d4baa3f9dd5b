package main

import (
	"context"
	"encoding/binary"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// tape is a connection that replays a server. pgx writes and reads through it like through any net.Conn, in the
// goroutine of the caller; nothing of it is a system call, and no other process or goroutine takes part, so that the
// time of an operation is the client's alone.
//
// A client sends messages in bursts: everything up to a Sync, or a simple Query, after which it waits for the server to
// be ready for the next. While recording, a burst goes to the real server, and what comes back, up to as many
// ReadyForQuery as the burst has ends, is kept under the burst's bytes and the state of the transaction before it. The
// bytes have the name of the prepared statement and the arguments in them, so the same call finds the same answer. While
// replaying, a burst that is known is answered from memory, and the server hears nothing of it; one that is not known
// goes to the server after all.
//
// The recording stays on while an operation warms up: the first executions of a statement, which prepare it, differ from
// those that follow. A COPY, and whatever else waits for the server within a burst, cannot be replayed.
type tape struct {
	net.Conn               // to the real server
	recording *atomic.Bool // shared by the connections of a contest

	started bool // the handshake is over
	shake   []byte

	sent    []byte // the burst so far, after a byte for the state of the transaction
	scanned int
	last    byte // type of the last message
	ends    int  // Syncs and simple Queries
	answers map[string][]byte

	mu      sync.Mutex
	more    sync.Cond // of unread and expired
	unread  []byte    // what the client has not read yet of answers
	expired bool      // the client gave up waiting
}

// sendBuffer is how much of an answer a read gives at most, as if it came out of the server's buffer.
const sendBuffer = 8 << 10

// taped makes a connection to the server a tape; it is for pgconn.Config.AfterNetConnect, which is behind TLS.
func taped(recording *atomic.Bool) func(context.Context, *pgconn.Config, net.Conn) (net.Conn, error) {
	return func(_ context.Context, _ *pgconn.Config, conn net.Conn) (net.Conn, error) {
		t := &tape{Conn: conn, recording: recording, answers: map[string][]byte{}, sent: []byte{'I'}, scanned: 1}
		t.more.L = &t.mu
		return t, nil
	}
}

// isEnd reports whether a message of the client's makes the server tell that it is ready again.
func isEnd(kind byte) bool { return kind == 'S' || kind == 'Q' }

// Write takes what the client sends and answers a burst that is complete.
func (t *tape) Write(b []byte) (int, error) {
	if !t.started {
		return t.Conn.Write(b)
	}
	t.sent = append(t.sent, b...)
	t.scanned += scan(t.sent[t.scanned:], func(kind byte) {
		t.last = kind
		if isEnd(kind) {
			t.ends++
		}
	})
	if !isEnd(t.last) || t.scanned < len(t.sent) {
		return len(b), nil
	}
	answer, known := t.answers[string(t.sent)]
	if !known || t.recording.Load() {
		var err error
		if answer, err = t.ask(); err != nil {
			return 0, err
		}
		t.answers[string(t.sent)] = answer
	}
	t.sent = append(t.sent[:0], answer[len(answer)-1]) // the last byte of ReadyForQuery is the transaction's state
	t.scanned, t.ends, t.last = 1, 0, 0
	t.deliver(answer)
	return len(b), nil
}

// ask sends the burst to the server and returns its answer.
func (t *tape) ask() ([]byte, error) {
	if _, err := t.Conn.Write(t.sent[1:]); err != nil {
		return nil, err
	}
	var answer []byte
	chunk := make([]byte, 64<<10)
	scanned, ready := 0, 0
	for ready < t.ends {
		n, err := t.Conn.Read(chunk)
		if err != nil {
			return nil, err
		}
		answer = append(answer, chunk[:n]...)
		scanned += scan(answer[scanned:], func(kind byte) {
			if kind == 'Z' {
				ready++
			}
		})
	}
	return answer, nil
}

func (t *tape) deliver(answer []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.unread) == 0 {
		t.unread = answer
	} else {
		t.unread = append(t.unread[:len(t.unread):len(t.unread)], answer...)
	}
	t.more.Broadcast()
}

// Read returns the next bytes of an answer.
func (t *tape) Read(b []byte) (int, error) {
	if !t.started {
		return t.handshake(b)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.unread) == 0 && !t.expired {
		t.more.Wait()
	}
	if t.expired {
		return 0, os.ErrDeadlineExceeded
	}
	n := copy(b[:min(len(b), sendBuffer)], t.unread)
	t.unread = t.unread[n:]
	return n, nil
}

// handshake reads from the server until it is ready for queries.
func (t *tape) handshake(b []byte) (int, error) {
	n, err := t.Conn.Read(b)
	t.shake = append(t.shake, b[:n]...)
	t.shake = t.shake[scan(t.shake, func(kind byte) { t.started = t.started || kind == 'Z' }):]
	return n, err
}

// Close closes the connection to the server, which notices that itself.
func (t *tape) Close() error {
	t.expire(true)
	return t.Conn.Close()
}

// SetDeadline and the like are how pgx breaks off what it waits for: the only times it sets are past, or zero.
func (t *tape) SetDeadline(at time.Time) error {
	t.expire(!at.IsZero())
	return t.Conn.SetDeadline(at)
}

// SetReadDeadline is SetDeadline for reading.
func (t *tape) SetReadDeadline(at time.Time) error {
	t.expire(!at.IsZero())
	return t.Conn.SetReadDeadline(at)
}

func (t *tape) expire(now bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expired = now
	t.more.Broadcast()
}

// scan calls each with the type of every whole message in b and returns their length. A message is a byte for its type,
// four for its length without that byte, and the rest of that length.
func scan(b []byte, each func(kind byte)) int {
	at := 0
	for len(b)-at >= 5 {
		n := 1 + int(binary.BigEndian.Uint32(b[at+1:]))
		if len(b)-at < n {
			break
		}
		each(b[at])
		at += n
	}
	return at
}
