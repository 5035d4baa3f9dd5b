package query_test

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// show prints statements, each in one line.
func show(ss ...fmt.Stringer) {
	for _, s := range ss {
		fmt.Println(oneLine(s))
	}
}

// inBank runs a function in a session on the bank's tables, with the tutorial's three customers and four accounts.
func inBank(do func(ctx context.Context, s *session.Session) error) {
	ctx := context.Background()
	if err := open(ctx, do); err != nil {
		fmt.Println(err)
	}
}

func open(ctx context.Context, do func(ctx context.Context, s *session.Session) error) error {
	server, err := pgtest.SharedServer()
	if err != nil {
		return err
	}
	place, err := server.NewPlace(ctx, "examples")
	if err != nil {
		return err
	}
	defer func() { _ = place.Drop(ctx) }()
	p, err := bank.Open(ctx, place.DSN, io.Discard, nil)
	if err != nil {
		return err
	}
	defer p.Close()
	if err := p.Seed(ctx); err != nil {
		return err
	}
	if err := bank.Schema.CreateAll(ctx, p.Engine); err != nil {
		return err
	}
	a, day := bank.Accounts, time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	accounts := query.Insert(a)
	for no, owner := range map[int64]int64{1001: 1, 1002: 1, 1003: 2} {
		accounts = accounts.Values(a.AcctNo.To(no), a.AcctName.To(fmt.Sprint("Account ", no)), a.CustID.To(owner), a.AcctOpenDt.To(day), a.AcctUpdateDt.To(day))
	}
	if _, err := accounts.Exec(ctx, p.Engine); err != nil {
		return err
	}
	s := p.Engine.Session()
	defer func() { _ = s.Close(ctx) }()
	return do(ctx, s)
}
