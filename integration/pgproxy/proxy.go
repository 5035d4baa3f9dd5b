// Package pgproxy relays connections between a PostgreSQL client and a server for tests, and watches what passes: it
// counts round trips, records statements, and breaks connections at a chosen moment.
//
//	target, err := pgproxy.Target(dsn)
//	…
//	p, err := pgproxy.Start(target)
//	…
//	defer p.Close()
//	through, err := p.DSN(dsn) // a client that uses this one is watched
//
// It speaks version 3 of the protocol, without TLS: a client that asks for encryption is told that there is none.
package pgproxy

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Proxy relays connections to one server and records what passes. Its methods are safe for concurrent use.
type Proxy struct {
	network, target string
	listener        net.Listener
	ctx             context.Context // It ends with Close; dialing depends on it.
	cancel          context.CancelFunc
	wg              sync.WaitGroup

	mu       sync.Mutex
	closed   bool
	conns    map[*conn]struct{}
	lastConn int // the number of the newest connection
	record
	faults
}

// Start listens on a free port of 127.0.0.1 and relays to target, a host:port or the path of a Unix socket.
func Start(target string) (*Proxy, error) {
	network := "tcp"
	if strings.HasPrefix(target, "/") {
		network = "unix"
	} else if _, _, err := net.SplitHostPort(target); err != nil {
		return nil, fmt.Errorf("pgproxy: target: %w", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("pgproxy: listen: %w", err)
	}
	p := &Proxy{network: network, target: target, listener: listener, conns: map[*conn]struct{}{}}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.gate = make(chan struct{})
	close(p.gate)
	p.wg.Go(p.accept)
	return p, nil
}

// Target returns the target for Start of the server that a DSN names, the first one when it names several.
func Target(dsn string) (string, error) {
	config, err := pgconn.ParseConfig(dsn)
	if err != nil {
		return "", fmt.Errorf("pgproxy: %w", err)
	}
	_, address := pgconn.NetworkAddress(config.Host, config.Port)
	return address, nil
}

// Addr returns the host:port on which the proxy listens.
func (p *Proxy) Addr() string { return p.listener.Addr().String() }

// DSN returns a DSN, a URL or keywords, with the proxy as its server and without TLS.
func (p *Proxy) DSN(dsn string) (string, error) {
	host, port, err := net.SplitHostPort(p.Addr())
	if err != nil {
		return "", fmt.Errorf("pgproxy: %w", err)
	}
	if !strings.HasPrefix(dsn, "postgres://") && !strings.HasPrefix(dsn, "postgresql://") {
		return fmt.Sprintf("%s host=%s port=%s sslmode=disable", dsn, host, port), nil
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return "", errors.New("pgproxy: the DSN is no URL") // The cause would show the password.
	}
	u.Host = p.Addr()
	q := u.Query()
	for _, key := range []string{"host", "hostaddr", "port", "sslnegotiation", "sslrootcert", "sslcert", "sslkey"} {
		q.Del(key)
	}
	q.Set("sslmode", "disable")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// Conns returns the number of live relayed connections. One that the client closed is gone a moment later.
func (p *Proxy) Conns() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for c := range p.conns {
		if c.number > 0 {
			n++
		}
	}
	return n
}

// Close closes the listener and cuts all connections, and waits until the proxy's goroutines are done.
func (p *Proxy) Close() error {
	p.mu.Lock()
	again := p.closed
	p.closed = true
	p.mu.Unlock()
	p.cancel()
	var err error
	if !again {
		err = p.listener.Close()
	}
	p.Cut()
	p.wg.Wait()
	if err != nil {
		return fmt.Errorf("pgproxy: close: %w", err)
	}
	return nil
}

// accept takes clients until the proxy is closed.
func (p *Proxy) accept() {
	const pause = 5 * time.Millisecond // after an error that may pass, such as no free file descriptor
	for {
		client, err := p.listener.Accept()
		switch {
		case err == nil:
			if c := p.admit(client); c != nil {
				p.wg.Go(c.serve)
			}
		case errors.Is(err, net.ErrClosed):
			return
		default:
			time.Sleep(pause)
		}
	}
}

// admit makes a connection of a client, or closes it and returns nil.
func (p *Proxy) admit(client net.Conn) *conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || p.refuse {
		_ = client.Close()
		return nil
	}
	c := newConn(p, client)
	p.conns[c] = struct{}{}
	return c
}

func (p *Proxy) dial() (net.Conn, error) {
	const timeout = 10 * time.Second
	d := net.Dialer{Timeout: timeout}
	return d.DialContext(p.ctx, p.network, p.target)
}
