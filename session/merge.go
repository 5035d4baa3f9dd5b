package session

import (
	"context"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/track"
)

// Merge copies an object that is in no session, or in another one, to the session's object for its row, and returns that: the one that
// the session has, else the one that it reads, else a new one. The next Flush writes what differs from the row.
//
//	var given Customer                        // and its orders, as a form sent them
//	err := json.Unmarshal(body, &given)
//	c, err := session.Merge(ctx, s, &given)   // SELECT … FROM customer WHERE customer.id = ANY($1); SELECT … FROM orders …
//	err = s.Commit(ctx)                       // UPDATE customer SET email = $1 …, INSERT INTO orders …
//
// What is loaded, set or added of the object's relationships is merged too, and theirs: the rows of each table with one statement, and each
// relationship whose lists are replaced with one. A list that is given, empty ones too, is all there is: what is not in it leaves
// the session's list, and is deleted where the relationship says model.DeleteOrphans. Where one that was never loaded was changed, the changes
// are made. The foreign keys of what is in a given list, or has a reference, need not be set.
//
// Columns are named to be the only ones that are copied to rows that are there; the key finds them. obj itself must have a row then, or a
// generated key that is zero: else it is [query.ErrNoRows], since the form has half of what a new row needs. An empty list that is not nil,
// as a program makes one of what a form has, is no columns. Else all are copied, but for a zero in
// a column with a default or OnUpdate, or that is deferred or, in an object of a query with Only or
// Without, was not read, unless the object knows that a session read something else. What was read in part of a struct
// without relationships, or went through JSON, does not know it, and its zeros are copied: name the columns. An object whose
// generated key is zero, and every other one without a row, is a new one, with all its columns. One that has another version than its row
// (model.Version) is [ErrStale]; what the database computes is not copied.
//
// Pending changes of the tables concerned are flushed before. The given objects stay as they are. A graph that contradicts itself is [ErrMerge], an
// object of another model.Version than its row [ErrStale], unless its version is zero; after an error of Merge nothing was copied.
func Merge[T any](ctx context.Context, s *Session, obj *T, columns ...expr.Expression) (*T, error) {
	merged, err := MergeAll(ctx, s, []*T{obj}, columns...)
	if err != nil {
		return nil, err
	}
	return merged[0], nil
}

// MergeAll is [Merge] of several objects, with no more statements. No objects are none.
func MergeAll[T any](ctx context.Context, s *Session, objs []*T, columns ...expr.Expression) ([]*T, error) {
	return mergeAll(s, objs, func(g *track.Merge) error {
		if err := onlyColumns(s, g, columns); err != nil {
			return err
		}
		return s.merge(ctx, g)
	})
}

// MergeCached is [MergeAll] of objects of which is known that they are as their rows are, such as those of a cache: nothing is read, and
// nothing will be written but what is changed afterwards. Their lists and references are as loaded. Objects that the session has
// stay as they are. An object without a key is [ErrMerge].
func MergeCached[T any](s *Session, objs ...*T) ([]*T, error) {
	return mergeAll(s, objs, (*track.Merge).Cached)
}

func mergeAll[T any](s *Session, objs []*T, do func(g *track.Merge) error) ([]*T, error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	defer s.leave()
	merged, err := mergedObjects(s, objs, do)
	if err != nil {
		return nil, fault.During("Merge", err)
	}
	return merged, nil
}

func mergedObjects[T any](s *Session, objs []*T, do func(g *track.Merge) error) ([]*T, error) {
	g := s.objs.NewMerge()
	nodes := make([]*track.MergeNode, len(objs))
	for i, obj := range objs {
		m, p, err := s.objs.Locate(obj)
		if err == nil {
			nodes[i], err = g.Add(m, p)
		}
		if err != nil {
			return nil, err
		}
	}
	g.Leave()
	if err := do(g); err != nil {
		return nil, err
	}
	merged := make([]*T, len(objs))
	for i, n := range nodes {
		merged[i] = mem.As[T](n.Object())
	}
	return merged, nil
}

// onlyColumns has g copy some columns only.
func onlyColumns(s *Session, g *track.Merge, xs []expr.Expression) error {
	g.Named = xs != nil
	for _, x := range xs {
		c, ok := ast.Of(x).(*ast.Column)
		if !ok || c.Table != c.Table.Real() {
			return fmt.Errorf("%w: %s is not a column of a mapped table", fault.ErrNoColumn, describeNode(ast.Of(x)))
		}
		if st := s.objs.StoreOf(c.Table); st != nil { // else no object of the table is given
			if slices.Contains(st.Mapping.Key, c.Index) {
				return fmt.Errorf("column %s: %w", c, errKeyColumn)
			}
			if slices.Contains(st.Mapping.Kept, c.Index) {
				return fmt.Errorf("%w: %s", fault.ErrReadOnly, c)
			}
			g.Only(st.Mapping, c.Index)
		}
	}
	return nil
}

// merge reads what a graph is copied to, and copies it.
func (s *Session) merge(ctx context.Context, g *track.Merge) error {
	stores := g.Stores()
	var about tables
	for _, st := range stores {
		about = append(about, st.Mapping.Table)
	}
	if err := s.autoflush(ctx, about); err != nil {
		return err
	}
	if err := g.Keys(); err != nil {
		return err
	}
	for _, st := range stores {
		if err := s.loadGiven(ctx, g, st); err != nil { // a list may have what would else be read by its key
			return err
		}
		if err := s.relations().ByKeys(ctx, st.Mapping, g.Missing(st)); err != nil {
			return err
		}
		g.Resolve(st)
	}
	if err := s.loadGiven(ctx, g, nil); err != nil {
		return err
	}
	if err := g.CheckRows(); err != nil {
		return err
	}
	if err := g.CheckVersions(); err != nil {
		return err
	}
	return g.Apply()
}

// loadGiven loads the lists that given ones take the place of: those whose items are of a store, or all.
func (s *Session) loadGiven(ctx context.Context, g *track.Merge, of *track.Store) error {
	rs, owners := g.Lists(of)
	for _, r := range rs {
		if err := s.relations().ListsOf(ctx, owners[r], r); err != nil {
			return fault.During("load "+r.Name+" of "+r.Owner.Table.String(), err)
		}
	}
	return nil
}
