package session

import (
	"context"
	"fmt"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/load"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/query"
)

// LoadRelations loads relationships of objects that are there, and those that they name of their targets, with one statement for each, whatever the
// number of objects; query.Query.Load does it with a query.
//
//	err := session.LoadRelations(ctx, s, customers, c.Accounts, c.Orders.Load(o.Lines))
//	// SELECT … FROM account WHERE account.cust_id = ANY($1); SELECT … FROM orders …; SELECT … FROM order_line …
//
// r is the Session that the objects are in: what is loaded already is not read again, and one that is not in it is [ErrNotInSession]. Or it is
// an Engine, with objects that are in no session, such as those that were read from it: they are in none afterwards either, keep what was
// loaded, and know from then on that they have rows, as objects of a closed session do. Their rows are found by the keys and foreign keys that
// they hold; one without a key is [ErrAttach]. With what [Wrap] makes it is [query.ErrLoad], and so is a relationship of another struct. No
// objects are no statement.
func LoadRelations[T any](ctx context.Context, r query.Runner, objs []*T, rs ...expr.Relationship) error {
	loads := make([]ast.Load, 0, len(rs))
	for _, x := range rs {
		if ast.IsNil(x) {
			return fault.During("LoadRelations", ast.ErrNil)
		}
		loads = append(loads, x.CupelLoad())
	}
	if len(objs) == 0 || len(loads) == 0 {
		return nil
	}
	err := holding(ctx, r, anyOf(objs), func(s *Session, objs []any) error { return s.loadRelations(ctx, objs, loads) })
	if err != nil {
		return fault.During("LoadRelations", err)
	}
	return nil
}

// holding calls do with a session that has the objects: r, or one that takes them in for it and lets go of them; more often than once where a
// row has several objects.
func holding(ctx context.Context, r query.Runner, objs []any, do func(s *Session, objs []any) error) error {
	switch r := r.(type) {
	case *Session:
		if err := r.ready(); err != nil {
			return err
		}
		defer r.leave()
		return do(r, objs)
	case *Engine:
		for len(objs) > 0 { // a row may have several objects
			s := r.Session()
			rest, err := s.borrow(objs)
			if err == nil {
				err = do(s, objs[:len(objs)-len(rest)])
			}
			if closed := s.Close(ctx); err == nil {
				err = closed
			}
			if err != nil {
				return err
			}
			objs = rest
		}
		return nil
	}
	return fmt.Errorf("%w: of objects that are in no session, on a connection of the program's own", fault.ErrLoad)
}

// borrow takes objects of no session in as they are, and returns those that are another object of a row: objs has them at its end.
func (s *Session) borrow(objs []any) (rest []any, err error) {
	taken := 0
	for i, obj := range objs {
		ok, err := s.objs.Borrow(obj)
		if err != nil {
			return nil, err
		}
		if ok {
			objs[taken], objs[i] = objs[i], objs[taken]
			taken++
		}
	}
	s.borrows = true
	return objs[taken:], nil
}

// loadRelations loads relationships of objects of the session.
func (s *Session) loadRelations(ctx context.Context, objs []any, loads []ast.Load) error {
	var g load.Eager
	var owners []*meta.Mapping
	g.Begin()
	for _, obj := range objs {
		e, err := s.objs.Known(obj)
		if err != nil {
			return err
		}
		owners = append(owners[:0], e.Mapping)
		g.Add(e)
	}
	if err := load.Check(owners, loads); err != nil {
		return err
	}
	return g.Load(ctx, s.relations(), loads)
}
