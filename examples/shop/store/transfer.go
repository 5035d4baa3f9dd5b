package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/session"
)

// ErrBadTransfer: a transfer is of no amount, or from a customer to himself.
var ErrBadTransfer = errors.New("bad transfer")

// Transfer moves store credit from a customer to another one. Where two transfers meet, one of them is done again; where the credit does
// not do, the database's check says so.
func Transfer(ctx context.Context, eng *session.Engine, from, to int64, amount Money) error {
	if !amount.Valid() || amount == "0.00" || from == to {
		return ErrBadTransfer
	}
	return eng.InTx(ctx, session.TxOptions{Isolation: pgx.Serializable}, func(s *session.Session) error {
		payer, err := session.Get(ctx, s, Customers, from)
		if err != nil {
			return err
		}
		payee, err := session.Get(ctx, s, Customers, to)
		if err != nil {
			return err
		}
		s.Set(payer, Customers.Credit.ToExpr(Customers.Credit.Minus(amount)))
		s.Set(payee, Customers.Credit.ToExpr(Customers.Credit.Plus(amount)))
		return nil
	})
}
