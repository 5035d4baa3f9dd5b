// Code generated from transactions.md by go test ./docs/guide/blocks -update. DO NOT EDIT.

package run_test

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
	"github.com/jackc/pgx/v5"
)

// transactionsBlocks are those of transactions.md.
var transactionsBlocks = []function{
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // What begins one, and what does not
		var err error
		_ = err
		prog.begin()
		{
			s := eng.Session()
			_ = s
			defer s.Close(ctx) // rolls back what is not committed
			prog.mark()
			cust, err := session.Get(ctx, s, c, 7) // SELECT …
			_ = cust
			prog.ok(err)
			prog.sends("SELECT …")
			prog.prints("false", s.InTransaction()) // false
			cust.LastName = "King"
			prog.mark()
			err = s.Commit(ctx) // UPDATE …: one round trip
			prog.ok(err)
			prog.sends("UPDATE …")
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Isolation, read only, deferrable
		var err error
		_ = err
		prog.begin()
		{
			s := eng.SessionWith(session.TxOptions{Isolation: pgx.Serializable, ReadOnly: true, Deferrable: true})
			_ = s
			defer s.Close(ctx)
			n, err := query.Select(c).Count(ctx, s)
			_ = n
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // InTx
		var err error
		_ = err
		prog.begin()
		{
			err = eng.InTx(ctx, session.TxOptions{Isolation: pgx.Serializable}, func(s *session.Session) error {
				acct, err := session.Get(ctx, s, a, 1)
				_ = acct
				prog.ok(err)
				if err != nil {
					return err
				}
				acct.AcctName += "!"
				return nil
			})
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Savepoints
		var err error
		_ = err
		_, err = query.ExecRaw(ctx, eng, "INSERT INTO account VALUES (77, 'there', now(), now())")
		prog.ok(err)
		prog.begin()
		{
			err = s.Nested(ctx, func() error {
				s.Add(&bank.Account{AcctNo: 77, AcctName: "perhaps a duplicate"})
				return nil
			})
			var unique *session.UniqueError
			_ = unique
			if errors.As(err, &unique) {
				s.Add(&bank.Account{AcctNo: 78, AcctName: "another number"})
			}
			err = s.Commit(ctx)
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Savepoints
		var err error
		_ = err
		prog.begin()
		{
			sp, err := s.Savepoint(ctx) // flushes; SAVEPOINT travels with the next statement
			_ = sp
			prog.ok(err)
			s.Add(&bank.Account{AcctNo: 79, AcctName: "one more"})
			if err = sp.Release(ctx); err != nil { // flushes; RELEASE travels with the next statement
				err = sp.Rollback(ctx)
				prog.ok(err)
			}
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // In a transaction that is there already
		var err error
		_ = err
		prog.begin()
		{
			tx, err := eng.Pool().Begin(ctx)
			_ = tx
			prog.ok(err)
			defer tx.Rollback(ctx)
			_, err = tx.Exec(ctx, "SET LOCAL statement_timeout = '5s'") // pgx, sqlc, whatever
			prog.ok(err)
			s := eng.SessionOn(tx.Conn())
			_ = s
			s.Add(&bank.Customer{FirstName: "Ada", LastName: "Lovelace"})
			err = s.Commit(ctx)
			prog.ok(err)
			err = tx.Commit(ctx) // this stores it
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Locks
		var err error
		_ = err
		prog.begin()
		{
			acct, err := session.Get(ctx, s, a, 1)
			_ = acct
			prog.ok(err)
			err = s.Lock(ctx, acct)
			prog.ok(err)
			acct.AcctName += "!"
			err = s.Commit(ctx)
			prog.ok(err)
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Locks
		var err error
		_ = err
		prog.begin()
		{
			taken, err := s.TryAdvisoryLock(ctx, 42) // one worker at a time, until Commit or Rollback
			_ = taken
			prog.ok(err)
			if !taken {
				return
			}
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // After the commit
		var err error
		_ = err
		err = register(ctx, eng, &bank.Customer{FirstName: "Ada", LastName: "King"})
		prog.ok(err)
		prog.begin()
		{
			err = work(ctx, eng, func(*Event) error { return nil })
			prog.ok(err)
			prog.end()
		}
	},
	nil, // After the commit
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // A schema for each tenant
		var err error
		_ = err
		_, err = query.ExecRaw(ctx, eng, "CREATE SCHEMA tenant_7")
		prog.ok(err)
		err = bank.Schema.CreateAll(ctx, eng.In("tenant_7"))
		prog.ok(err)
		_, err = query.ExecRaw(ctx, eng, "INSERT INTO tenant_7.customer (id, first_name, last_name) VALUES (7, 'A', 'Lovelace')")
		prog.ok(err)
		prog.begin()
		{
			tenant := eng.In("tenant_7")
			_ = tenant
			err := bank.Schema.CreateAll(ctx, tenant) // CREATE SCHEMA tenant_7 is yours
			prog.ok(err)
			n, err := query.Select(c).Count(ctx, tenant)
			_ = n
			prog.ok(err)

			s := eng.SessionWith(session.TxOptions{Schema: "tenant_7"}) // or tenant.Session()
			_ = s
			defer s.Close(ctx)
			cust, err := session.Get(ctx, s, c, 7)
			_ = cust
			prog.ok(err)
			cust.FirstName = "Ada"
			err = s.Commit(ctx)
			prog.ok(err)
			prog.end()
		}
	},
}

type Event struct {
	ID    int64
	Topic string
	Body  json.RawMessage
}

type events struct {
	model.Table[Event]
	ID    expr.Int
	Topic expr.Text
	Body  expr.JSON
}

var Events = model.Map("event", func(t *events) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })

func register(ctx context.Context, eng *session.Engine, cust *bank.Customer) error {
	return eng.InTx(ctx, session.TxOptions{}, func(s *session.Session) error {
		s.Add(cust)
		if err := s.Flush(ctx); err != nil { // cust.ID is known from here on
			return err
		}
		body, err := json.Marshal(cust)
		s.Add(&Event{Topic: "customer.new", Body: body})
		return err
	})
}

func work(ctx context.Context, eng *session.Engine, send func(*Event) error) error {
	return eng.InTx(ctx, session.TxOptions{}, func(s *session.Session) error {
		batch, err := query.Select(Events).OrderBy(Events.ID).Limit(10).ForUpdate(query.SkipLocked).All(ctx, s)
		for _, e := range batch {
			if err := send(e); err != nil {
				return err // the rows stay for the next one
			}
			s.Delete(e)
		}
		return err
	})
}
