package main

import (
	"context"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// cupel fetches by its engine, untracked, and writes by sessions.
type cupel struct {
	eng   *session.Engine
	kept  *session.Session // open until the end; nil: none
	eager bool             // lists are loaded with their owners
}

func openCupel(ctx context.Context, b *backend) (library, error) { return newCupel(ctx, b) }

func newCupel(ctx context.Context, b *backend) (*cupel, error) {
	eng, err := session.Open(ctx, b.dsn, Schema, session.Options{Configure: b.configure})
	if err != nil {
		return nil, err
	}
	return &cupel{eng: eng}, nil
}

func (l *cupel) close() {
	if l.kept != nil {
		_ = l.kept.Close(context.Background())
	}
	l.eng.Close()
}

func (l *cupel) fetchOne(id int64) trial {
	return trial{op: func(ctx context.Context) error {
		c, err := query.Select(Customers).Filter(Customers.ID.Eq(id)).One(ctx, l.eng)
		if err != nil {
			return err
		}
		return check(c.ID == id)
	}}
}

func (l *cupel) fetchMany(n int) trial {
	return trial{op: func(ctx context.Context) error { return fetch(ctx, l.eng, n) }}
}

func fetch(ctx context.Context, r query.Runner, n int) error {
	cs, err := query.Select(Customers).Filter(Customers.ID.Le(int64(n))).OrderBy(Customers.ID).All(ctx, r)
	if err != nil {
		return err
	}
	return check(len(cs) == n)
}

func (l *cupel) addOne() trial {
	return trial{op: func(ctx context.Context) error {
		e := newEntries(1)[0]
		s := l.eng.Session()
		defer s.Close(ctx)
		s.Add(&e)
		if err := s.Commit(ctx); err != nil {
			return err
		}
		return check(e.ID > 0)
	}}
}

func (l *cupel) addMany(n int) trial {
	return trial{op: func(ctx context.Context) error {
		es := newEntries(n)
		s := l.eng.Session()
		defer s.Close(ctx)
		for i := range es {
			s.Add(&es[i])
		}
		if err := s.Commit(ctx); err != nil {
			return err
		}
		return check(es[n-1].ID > 0)
	}}
}

func (l *cupel) changeOne(id int64) trial {
	n := 0.0
	return trial{op: func(ctx context.Context) error {
		n++
		s := l.eng.Session()
		defer s.Close(ctx)
		c, err := session.Get(ctx, s, Customers, id)
		if err != nil {
			return err
		}
		c.Balance = n
		return s.Commit(ctx)
	}}
}

func (l *cupel) changeMany(of, n int) trial {
	return l.changing(of, n, func(_ int, c *Customer) { c.Balance++ })
}

func (l *cupel) changeMixed(of, n int) trial {
	return l.changing(of, n, func(i int, c *Customer) {
		switch i % 3 {
		case 0:
			c.Balance++
		case 1:
			c.FirstName = other(c.FirstName)
		default:
			c.Active = !c.Active
		}
	})
}

// other returns another name.
func other(name string) string {
	if name == "Ada" {
		return "Bob"
	}
	return "Ada"
}

// changing loads, which is not timed, in the session that it commits.
func (l *cupel) changing(of, n int, change func(i int, c *Customer)) trial {
	var s *session.Session
	var cs []*Customer
	return trial{
		before: func(ctx context.Context) (err error) {
			s = l.eng.Session()
			cs, err = query.Select(Customers).Filter(Customers.ID.Le(int64(of))).OrderBy(Customers.ID).All(ctx, s)
			return err
		},
		op: func(ctx context.Context) error {
			for i, c := range cs[:n] {
				change(i, c)
			}
			return s.Commit(ctx)
		},
		after: func(ctx context.Context) error { return s.Close(ctx) },
	}
}

func (l *cupel) lists(n int) trial {
	return trial{op: func(ctx context.Context) error {
		s := l.eng.Session()
		defer s.Close(ctx)
		q := query.Select(Owners).Filter(Owners.ID.Le(int64(n))).OrderBy(Owners.ID)
		if l.eager {
			q = q.Load(Owners.Accounts)
		}
		os, err := q.All(ctx, s)
		if err != nil {
			return err
		}
		count, sum := 0, 0.0
		for _, o := range os {
			as, err := o.Accounts.All(ctx)
			if err != nil {
				return err
			}
			for _, a := range as {
				count++
				sum += a.Balance
			}
		}
		return check(count == n*perOwner && sum > 0)
	}}
}

// cleanFlush flushes a session in which nothing has changed.
func (l *cupel) cleanFlush(ctx context.Context, n int) (trial, error) {
	l.kept = l.eng.Session()
	err := fetch(ctx, l.kept, n)
	return trial{op: l.kept.Flush}, err
}

// openEager opens one that loads lists with their owners.
func openEager(ctx context.Context, b *backend) (library, error) {
	l, err := newCupel(ctx, b)
	if err == nil {
		l.eager = true
	}
	return l, err
}

// inSession fetches in a new session each time; its BEGIN travels with the query. Where the session is not closed, its
// ROLLBACK, a round trip, is not timed: it is what a session does at its end, whatever number of queries it ran.
type inSession struct {
	*cupel
	closed bool
}

func openTracking(ctx context.Context, b *backend) (library, error) {
	l, err := newCupel(ctx, b)
	return &inSession{l, false}, err
}

func openClosing(ctx context.Context, b *backend) (library, error) {
	l, err := newCupel(ctx, b)
	return &inSession{l, true}, err
}

func (l *inSession) fetchOne(id int64) trial {
	return l.trial(func(ctx context.Context, s *session.Session) error {
		c, err := session.Get(ctx, s, Customers, id)
		if err != nil {
			return err
		}
		return check(c.ID == id)
	})
}

func (l *inSession) fetchMany(n int) trial {
	return l.trial(func(ctx context.Context, s *session.Session) error { return fetch(ctx, s, n) })
}

func (l *inSession) trial(do func(context.Context, *session.Session) error) trial {
	var s *session.Session
	t := trial{
		op: func(ctx context.Context) error {
			s = l.eng.Session()
			return do(ctx, s)
		},
		after: func(ctx context.Context) error { return s.Close(ctx) },
	}
	if !l.closed {
		return t
	}
	return trial{op: func(ctx context.Context) error {
		if err := t.op(ctx); err != nil {
			return err
		}
		return t.after(ctx)
	}}
}
