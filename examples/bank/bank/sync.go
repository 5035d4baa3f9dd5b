package bank

import (
	"context"
	"strings"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Sync is ex_sa_08b: what becomes of the session's objects when a DELETE goes past them. SQLAlchemy's default, to
// evaluate the condition in memory, fails for LIKE; Cupel's, to fetch the keys, does not, so evaluate is asked for.
func (p *Program) Sync(ctx context.Context) error {
	for _, mode := range []struct {
		name string
		sync query.Sync
	}{
		{"'default'", query.SyncEvaluate}, {"'evaluate'", query.SyncEvaluate}, {"'fetch'", query.SyncFetch}, {"False", query.SyncNone},
	} {
		if err := p.syncOnce(ctx, mode.name, mode.sync); err != nil {
			return err
		}
	}
	return nil
}

func (p *Program) syncOnce(ctx context.Context, name string, sync query.Sync) error {
	s := p.Engine.Session()
	defer s.Close(ctx)
	pia, per := &Customer{FirstName: "Pia", LastName: "Player"}, &Customer{FirstName: "Per", LastName: "Plumber"}
	s.Add(pia, per)
	if err := s.Commit(ctx); err != nil {
		return err
	}
	s.Expunge(pia, per) // SQLAlchemy's session forgets what the program no longer holds; ours when it is told to
	if err := p.load(ctx, s, name); err != nil {
		return err
	}
	plumbers := query.Delete(Customers).Filter(Customers.LastName.Like("%Pl%"))
	n, err := plumbers.Sync(sync).Exec(ctx, s)
	if err == nil {
		p.log("deleted rowcount=%d; objects still in session=%d", n, s.Len())
	} else {
		p.log("%v", err)
		if err := s.Rollback(ctx); err != nil {
			return err
		}
		if n, err = plumbers.Sync(query.SyncNone).Exec(ctx, s); err != nil {
			return err
		}
		p.log("after rollback, synchronize_session=False: rowcount=%d", n)
	}
	if err := s.Commit(ctx); err != nil {
		return err
	}
	p.log("after commit: objects in session=%d", s.Len())
	return nil
}

// load prints the customer that a query loads.
func (p *Program) load(ctx context.Context, s *session.Session, mode string) error {
	players, err := query.Select(Customers).Filter(Customers.LastName.Eq("Player")).All(ctx, s)
	if err != nil {
		return err
	}
	var names []string
	for _, c := range players {
		names = append(names, "'"+c.FirstName+"'")
	}
	p.log("--- mode=%s loaded=[%s]", mode, strings.Join(names, ", "))
	return nil
}
