package session

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/load"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// Refresh reads the rows of objects of the session again, those of a mapping with one statement, and overwrites what the
// objects have, unflushed changes included; their relationships are loaded again when they are asked for. A row that is
// gone is [query.ErrNoRows]. What is loaded of relationships with model.CascadeRefresh is read again too.
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
	take := func(e *track.Entry) {
		if !seen[e] {
			seen[e] = true
			wanted[e.Store()] = append(wanted[e.Store()], e)
		}
	}
	var es []*track.Entry
	for _, o := range objs {
		e, err := s.objs.Stored(o)
		if err != nil {
			return fault.During(what, err)
		}
		es = append(es, e)
		take(e)
	}
	if !lock {
		for _, e := range s.objs.Around(es, func(c *meta.Cascade) bool { return c.Refresh }) {
			if e.HasRow() {
				take(e)
			}
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

// RefreshColumns reads columns of the rows of objects of the session again, in one statement for all of them, and overwrites what the objects have,
// unflushed changes of these columns included, and those of a relationship whose foreign key has one of them. Other changes stay. [Load] is the
// same but that changes win.
//
//	err := session.RefreshColumns(ctx, s, bank.Accounts, []*bank.Account{acct}, bank.Accounts.Balance)
//	// SELECT account.acct_no, account.balance FROM account WHERE account.acct_no = $1
//
// A row that is gone is [query.ErrNoRows], an object that is added and not flushed [ErrNotFlushed], one that is not of the session [ErrNotInSession].
// No objects are no statement, and neither is an empty list of columns that is not nil; no column, or one of the key, is an error.
func RefreshColumns[T any](ctx context.Context, s *Session, table expr.Item[*T], objs []*T, columns ...expr.Expression) error {
	src, err := sourceOf(table)
	if err != nil {
		return err
	}
	named, err := columnsOf(src.Mapping, columns)
	if err == nil {
		err = s.refreshColumns(ctx, named, anyOf(objs))
	}
	if err != nil {
		return fault.During("RefreshColumns of "+src.Table.String(), err)
	}
	return nil
}

func anyOf[T any](objs []*T) []any {
	all := make([]any, len(objs))
	for i, o := range objs {
		all[i] = o
	}
	return all
}

// refreshColumns overwrites columns of objects of one mapping.
func (s *Session) refreshColumns(ctx context.Context, columns []int, objs []any) error {
	if err := s.ready(); err != nil {
		return err
	}
	defer s.leave()
	entries := make([]*track.Entry, len(objs))
	for i, o := range objs {
		e, err := s.objs.Stored(o)
		if err != nil {
			return err
		}
		entries[i] = e
	}
	if len(entries) == 0 || len(columns) == 0 {
		return nil
	}
	return load.Columns(entries[0].Store(), entries, columns, (*track.Entry).RefreshColumns, s.sender(ctx))
}
