package integration_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Vault and Transfer are what the kill storm works on.
type (
	Vault struct {
		ID      int64
		Balance int64
	}
	Transfer struct {
		Ref          string // made by the program
		Source, Sink int64
		Amount       int64
	}
	vaults struct {
		model.Table[Vault]
		ID, Balance expr.Int
	}
	transfers struct {
		model.Table[Transfer]
		Ref          expr.Text
		Source, Sink expr.Int
		Amount       expr.Int
	}
)

var (
	V = model.Map("vault", func(t *vaults) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), model.Check("vault_balance", t.Balance.Ge(0))}
	})
	T = model.Map("transfer", func(t *transfers) model.Spec {
		return model.Spec{model.PrimaryKey(t.Ref), model.ForeignKey(t.Source, V.ID), model.ForeignKey(t.Sink, V.ID)}
	})
	vaultSchema = model.MustSchema(V, T)
)

// transferWay is how a program may write a transfer.
type transferWay struct {
	name string
	do   func(ctx context.Context, eng *session.Engine, tr Transfer) error
}

var transferWays = []transferWay{
	{"objects", inSession(func(ctx context.Context, s *session.Session, tr *Transfer) error { return move(ctx, s, tr) })},
	{"objects, flushed before", inSession(func(ctx context.Context, s *session.Session, tr *Transfer) error {
		if err := move(ctx, s, tr); err != nil {
			return err
		}
		return s.Flush(ctx)
	})},
	{"UPDATE by condition", inSession(func(ctx context.Context, s *session.Session, tr *Transfer) error {
		for id, change := range map[int64]int64{tr.Source: -tr.Amount, tr.Sink: tr.Amount} {
			if _, err := query.Update(V).Set(V.Balance.ToExpr(V.Balance.Plus(change))).Filter(V.ID.Eq(id)).Exec(ctx, s); err != nil {
				return err
			}
		}
		s.Add(tr)
		return nil
	})},
	{"one statement on the engine", func(ctx context.Context, eng *session.Engine, tr Transfer) error {
		_, err := query.ExecRaw(ctx, eng, "WITH moved AS (UPDATE vault SET balance = balance + CASE id WHEN ? THEN ?::bigint ELSE ? END "+
			"WHERE id IN (?, ?)) INSERT INTO transfer (ref, source, sink, amount) VALUES (?, ?, ?, ?)",
			tr.Source, -tr.Amount, tr.Amount, tr.Source, tr.Sink, tr.Ref, tr.Source, tr.Sink, tr.Amount)
		return err
	}},
}

// inSession is a way that works in a session, whose transactions are serializable.
func inSession(do func(ctx context.Context, s *session.Session, tr *Transfer) error) func(context.Context, *session.Engine, Transfer) error {
	return func(ctx context.Context, eng *session.Engine, tr Transfer) error {
		s := eng.Session()
		defer s.Close(ctx)
		if err := do(ctx, s, &tr); err != nil {
			return err
		}
		return s.Commit(ctx)
	}
}

// move reads both vaults and changes them.
func move(ctx context.Context, s *session.Session, tr *Transfer) error {
	both, err := query.Select(V).Filter(V.ID.In(tr.Source, tr.Sink)).All(ctx, s)
	if err != nil {
		return err
	}
	if len(both) != 2 {
		return fmt.Errorf("%d vaults were read", len(both))
	}
	for _, v := range both {
		if v.ID == tr.Source {
			v.Balance -= tr.Amount
		} else {
			v.Balance += tr.Amount
		}
	}
	s.Add(tr)
	return nil
}

// verdict is what a program knows of a transfer at the end.
type verdict string

const (
	done    verdict = "stored"
	refused verdict = "not stored"
	unsure  verdict = "unknown"
)

// teller makes transfers as docs/errors.md has it.
type teller struct {
	eng  *session.Engine
	r    *rand.Rand
	note func(what string) // counts what an attempt came to
}

// transfer makes a transfer, again and again where that is right, and returns what is known of it. A transfer that is not
// patient leaves it at the first error that is the connection's.
func (b *teller) transfer(tr Transfer, way transferWay, patient bool) (verdict, error) {
	doubt := false // an attempt may have been stored
	for {
		err := b.attempt(tr, way, patient)
		var (
			serial *session.SerializationError
			check  *session.CheckError
			unique *session.UniqueError
		)
		switch {
		case err == nil:
			b.note("no error")
			return done, nil
		case errors.Is(err, session.ErrUnknownOutcome):
			b.note("ErrUnknownOutcome")
			if !patient {
				return unsure, nil
			}
			doubt = true
			if b.look(tr) {
				b.note("ErrUnknownOutcome, and found to be stored")
				return done, nil
			}
		case errors.As(err, &serial):
			b.note("SerializationError")
		case errors.As(err, &unique) && doubt:
			b.note("UniqueError after ErrUnknownOutcome")
			return done, nil
		case errors.As(err, &check):
			b.note("CheckError")
			return b.giveUp(doubt), nil
		case errors.Is(err, session.ErrConnection), errors.Is(err, context.DeadlineExceeded):
			b.note("ErrConnection, or the context's end")
			if !patient {
				return b.giveUp(doubt), nil
			}
			time.Sleep(5 * time.Millisecond)
		default:
			return unsure, err
		}
	}
}

// attempt makes a transfer once. The impatient have a time-out now and then.
func (b *teller) attempt(tr Transfer, way transferWay, patient bool) error {
	ctx := ctx
	if !patient && b.r.IntN(2) == 0 {
		short, cancel := context.WithTimeout(ctx, time.Duration(1+b.r.IntN(20))*time.Millisecond)
		defer cancel()
		ctx = short
	}
	return way.do(ctx, b.eng, tr)
}

// look asks for a transfer whose outcome is unknown, until the server answers.
func (b *teller) look(tr Transfer) bool {
	for {
		n, err := query.Select(T).Filter(T.Ref.Eq(tr.Ref)).Count(ctx, b.eng)
		if err == nil {
			return n > 0
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// giveUp returns what is known of a transfer that is not tried again.
func (b *teller) giveUp(doubt bool) verdict {
	if doubt {
		return unsure
	}
	return refused
}
