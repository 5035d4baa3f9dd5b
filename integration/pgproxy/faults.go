package pgproxy

// faults are what the proxy is to do wrong. The proxy's mutex guards them.
type faults struct {
	cutAfter, cutBefore int // statements still to come; 0: no cut
	cutAt               [2]position
	refuse, stalled     bool
	endAfter            string        // tag of a CommandComplete; "": none
	gate                chan struct{} // It is open, that is a closed channel, unless the proxy stalls.
}

type fault int

const (
	faultNone fault = iota
	faultBefore
	faultAfter
)

// Cut closes all relayed connections at once, both sides with a reset. A server that is at work finds out later.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.conns {
		c.endLocked(true)
	}
}

// CutAfter cuts one connection when the n-th Execute or simple Query from now has gone to the server: the server gets
// it, the client never gets the answer. A Sync that directly follows an Execute goes to the server too, since a
// statement outside of a transaction is only committed by it; nothing else does. By the time the client finds itself
// cut, the server has done what it got and rolled back what was left open, unless that takes it over two seconds.
// A later call replaces this one, and 0 takes it back.
func (p *Proxy) CutAfter(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cutAfter = max(n, 0)
}

// CutBefore is as CutAfter, but the server does not get the n-th Execute or simple Query, only what came before it.
func (p *Proxy) CutBefore(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cutBefore = max(n, 0)
}

// Stall holds back all that the server sends, the end of the connection included, or lets it go on. Bytes on their way
// to a client while this is called may still arrive. A pgx connection whose context ends meanwhile is only cleaned up
// when the server closes it, so after the stall, or 15 seconds later.
func (p *Proxy) Stall(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if on == p.stalled {
		return
	}
	p.stalled = on
	if on {
		p.gate = make(chan struct{})
	} else {
		close(p.gate)
	}
}

// Refuse accepts new connections and closes them at once, or takes them again.
func (p *Proxy) Refuse(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = on
}

// opened returns a channel that is closed as soon as the proxy does not stall.
func (p *Proxy) opened() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.gate
}

// countdown counts one statement and says which fault it meets. The caller holds the mutex.
func (p *Proxy) countdown() fault {
	f := faultNone
	if p.cutAfter > 0 {
		if p.cutAfter--; p.cutAfter == 0 {
			f = faultAfter
		}
	}
	if p.cutBefore > 0 {
		if p.cutBefore--; p.cutBefore == 0 {
			f = faultBefore
		}
	}
	return f
}

// mute keeps from the client all that the server sends from now on. The caller holds the proxy's mutex.
func (c *conn) mute() {
	if !c.cutting {
		c.cutting = true
		close(c.muted)
	}
}
