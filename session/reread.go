package session

import (
	"context"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/track"
)

// Refresh reads the rows of objects of the session again, those of a mapping with one statement, and overwrites what the
// objects have, unflushed changes included; their relationships are loaded again when they are asked for. A row that is
// gone is [query.ErrNoRows].
//
//	SELECT … FROM account WHERE account.acct_no = $1
func (s *Session) Refresh(ctx context.Context, objs ...any) error {
	return s.reread(ctx, "Refresh", false, objs)
}

// Lock is [Session.Refresh] that also locks the rows until the transaction ends, in the order of their keys: what the
// objects have afterwards nobody else can change. Lock before changing, since unflushed changes are overwritten.
//
//	SELECT … FROM account WHERE account.acct_no = ANY($1) ORDER BY account.acct_no FOR UPDATE
//
// For other locks, and for not waiting, see query.Query.ForUpdate.
func (s *Session) Lock(ctx context.Context, objs ...any) error {
	return s.reread(ctx, "Lock", true, objs)
}

func (s *Session) reread(ctx context.Context, what string, lock bool, objs []any) error {
	if err := s.ready(); err != nil {
		return err
	}
	defer s.leave()
	wanted, seen := map[*track.Store][]*track.Entry{}, map[*track.Entry]bool{}
	for _, o := range objs {
		e, err := s.objs.Stored(o)
		if err != nil {
			return fault.During(what, err)
		}
		if !seen[e] {
			seen[e] = true
			wanted[e.Store()] = append(wanted[e.Store()], e)
		}
	}
	for _, st := range s.objs.Stores {
		if len(wanted[st]) == 0 {
			continue
		}
		if err := s.relations().Again(ctx, st, wanted[st], lock); err != nil {
			if e := databaseError(err); e != nil {
				e.Object = track.DescribeAll(wanted[st])
			}
			return fault.During(what, err)
		}
	}
	return nil
}
