package main

import (
	"context"
	"database/sql"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// byBun is bun over pgx's database/sql driver, with the simple protocol, as bun's documentation asks: bun writes values
// into the statement's text, so there is nothing to prepare.
type byBun struct{ db *bun.DB }

func openBun(_ context.Context, b *backend) (library, error) {
	std, err := openStd(b, pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		return nil, err
	}
	return &byBun{bun.NewDB(std, pgdialect.New())}, nil
}

func (l *byBun) close() { l.db.Close() }

type bunCustomer struct {
	bun.BaseModel `bun:"table:customer"`

	ID                  int64 `bun:",pk,autoincrement"`
	FirstName, LastName string
	Email, Mobile       *string
	CreatedAt           time.Time
	Balance             float64
	Active              bool
}

type bunEntry struct {
	bun.BaseModel `bun:"table:entry"`

	ID                  int64 `bun:",pk,autoincrement"`
	FirstName, LastName string
	Email, Mobile       *string
	CreatedAt           time.Time
	Balance             float64
	Active              bool
}

type bunOwner struct {
	bun.BaseModel `bun:"table:owner"`

	ID                  int64 `bun:",pk,autoincrement"`
	FirstName, LastName string
	Email, Mobile       *string
	CreatedAt           time.Time
	Balance             float64
	Active              bool
	Accounts            []bunAccount `bun:"rel:has-many,join:id=owner_id"`
}

type bunAccount struct {
	bun.BaseModel `bun:"table:account"`

	ID       int64 `bun:",pk,autoincrement"`
	Name     string
	OpenedAt time.Time
	Balance  float64
	OwnerID  int64
}

func (l *byBun) fetchOne(id int64) trial {
	return trial{op: func(ctx context.Context) error {
		c := bunCustomer{ID: id}
		if err := l.db.NewSelect().Model(&c).WherePK().Scan(ctx); err != nil {
			return err
		}
		return check(c.LastName != "")
	}}
}

func (l *byBun) fetchMany(n int) trial {
	return trial{op: func(ctx context.Context) error {
		cs, err := l.customers(ctx, n)
		if err != nil {
			return err
		}
		return check(len(cs) == n)
	}}
}

func (l *byBun) customers(ctx context.Context, n int) ([]bunCustomer, error) {
	var cs []bunCustomer
	err := l.db.NewSelect().Model(&cs).Where("id <= ?", n).Order("id").Scan(ctx)
	return cs, err
}

func newBunEntries(n int) []bunEntry {
	es := make([]bunEntry, n)
	for i, e := range newEntries(n) {
		es[i] = bunEntry{
			FirstName: e.FirstName, LastName: e.LastName, Email: e.Email, Mobile: e.Mobile,
			CreatedAt: e.CreatedAt, Balance: e.Balance, Active: e.Active,
		}
	}
	return es
}

func (l *byBun) inTx(ctx context.Context, do func(context.Context, bun.Tx) error) error {
	return l.db.RunInTx(ctx, &sql.TxOptions{}, do)
}

func (l *byBun) addOne() trial {
	return trial{op: func(ctx context.Context) error {
		e := newBunEntries(1)[0]
		err := l.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.NewInsert().Model(&e).Exec(ctx)
			return err
		})
		if err != nil {
			return err
		}
		return check(e.ID > 0)
	}}
}

func (l *byBun) addMany(n int) trial {
	return trial{op: func(ctx context.Context) error {
		es := newBunEntries(n)
		err := l.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.NewInsert().Model(&es).Exec(ctx)
			return err
		})
		if err != nil {
			return err
		}
		return check(es[n-1].ID > 0)
	}}
}

func (l *byBun) changeOne(id int64) trial {
	n := 0.0
	return trial{op: func(ctx context.Context) error {
		n++
		return l.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
			c := bunCustomer{ID: id}
			if err := tx.NewSelect().Model(&c).WherePK().Scan(ctx); err != nil {
				return err
			}
			c.Balance = n
			_, err := tx.NewUpdate().Model(&c).Column("balance").WherePK().Exec(ctx)
			return err
		})
	}}
}

// changeMany is bun's own way to change many rows in one statement.
func (l *byBun) changeMany(of, n int) trial {
	var cs []bunCustomer
	return trial{
		before: func(ctx context.Context) (err error) {
			cs, err = l.customers(ctx, of)
			return err
		},
		op: func(ctx context.Context) error {
			some := cs[:n]
			for i := range some {
				some[i].Balance++
			}
			return l.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
				_, err := tx.NewUpdate().Model(&some).Column("balance").Bulk().Exec(ctx)
				return err
			})
		},
	}
}

// changeMixed is one bulk UPDATE for each column.
func (l *byBun) changeMixed(of, n int) trial {
	var cs []bunCustomer
	return trial{
		before: func(ctx context.Context) (err error) {
			cs, err = l.customers(ctx, of)
			return err
		},
		op: func(ctx context.Context) error {
			var some [3][]bunCustomer
			for i := range cs[:n] {
				c := &cs[i]
				switch i % 3 {
				case 0:
					c.Balance++
				case 1:
					c.FirstName = other(c.FirstName)
				default:
					c.Active = !c.Active
				}
				some[i%3] = append(some[i%3], *c)
			}
			return l.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
				for i, column := range [...]string{"balance", "first_name", "active"} {
					if _, err := tx.NewUpdate().Model(&some[i]).Column(column).Bulk().Exec(ctx); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

func (l *byBun) lists(n int) trial {
	return trial{op: func(ctx context.Context) error {
		var os []bunOwner
		err := l.db.NewSelect().Model(&os).Relation("Accounts").Where("id <= ?", n).Order("id").Scan(ctx)
		if err != nil {
			return err
		}
		count, sum := 0, 0.0
		for i := range os {
			for _, a := range os[i].Accounts {
				count++
				sum += a.Balance
			}
		}
		return check(count == n*perOwner && sum > 0)
	}}
}
