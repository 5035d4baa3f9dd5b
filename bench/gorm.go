package main

import (
	"context"
	"database/sql"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// byGorm is GORM over pgx's database/sql driver, with its default transaction around each write.
type byGorm struct {
	std *sql.DB
	db  *gorm.DB
}

// openStd returns database/sql with one connection.
func openStd(b *backend, mode pgx.QueryExecMode) (*sql.DB, error) {
	config, err := b.config()
	if err != nil {
		return nil, err
	}
	config.ConnConfig.DefaultQueryExecMode = mode
	std := stdlib.OpenDB(*config.ConnConfig)
	std.SetMaxOpenConns(1)
	std.SetMaxIdleConns(1)
	return std, nil
}

func openGorm(_ context.Context, b *backend) (library, error) {
	std, err := openStd(b, pgx.QueryExecModeCacheStatement)
	if err != nil {
		return nil, err
	}
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: std}), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		return nil, err
	}
	return &byGorm{std, db}, nil
}

func (g *byGorm) close() { g.std.Close() }

type gormCustomer struct {
	ID                  int64
	FirstName, LastName string
	Email, Mobile       *string
	CreatedAt           time.Time
	Balance             float64
	Active              bool
}

func (gormCustomer) TableName() string { return "customer" }

type gormEntry gormCustomer

func (gormEntry) TableName() string { return "entry" }

type gormOwner struct {
	ID                  int64
	FirstName, LastName string
	Email, Mobile       *string
	CreatedAt           time.Time
	Balance             float64
	Active              bool
	Accounts            []gormAccount `gorm:"foreignKey:OwnerID"`
}

func (gormOwner) TableName() string { return "owner" }

type gormAccount struct {
	ID       int64
	Name     string
	OpenedAt time.Time
	Balance  float64
	OwnerID  int64
}

func (gormAccount) TableName() string { return "account" }

func (g *byGorm) fetchOne(id int64) trial {
	return trial{op: func(ctx context.Context) error {
		var c gormCustomer
		if err := g.db.WithContext(ctx).Take(&c, id).Error; err != nil {
			return err
		}
		return check(c.ID == id)
	}}
}

func (g *byGorm) fetchMany(n int) trial {
	return trial{op: func(ctx context.Context) error {
		cs, err := g.customers(ctx, n)
		if err != nil {
			return err
		}
		return check(len(cs) == n)
	}}
}

func (g *byGorm) customers(ctx context.Context, n int) ([]gormCustomer, error) {
	var cs []gormCustomer
	err := g.db.WithContext(ctx).Where("id <= ?", n).Order("id").Find(&cs).Error
	return cs, err
}

func newGormEntries(n int) []gormEntry {
	es := make([]gormEntry, n)
	for i, e := range newEntries(n) {
		es[i] = gormEntry(e)
	}
	return es
}

func (g *byGorm) addOne() trial {
	return trial{op: func(ctx context.Context) error {
		e := newGormEntries(1)[0]
		if err := g.db.WithContext(ctx).Create(&e).Error; err != nil {
			return err
		}
		return check(e.ID > 0)
	}}
}

func (g *byGorm) addMany(n int) trial {
	return trial{op: func(ctx context.Context) error {
		es := newGormEntries(n)
		if err := g.db.WithContext(ctx).CreateInBatches(&es, mostRows).Error; err != nil {
			return err
		}
		return check(es[n-1].ID > 0)
	}}
}

func (g *byGorm) changeOne(id int64) trial {
	n := 0.0
	return trial{op: func(ctx context.Context) error {
		n++
		return g.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
			var c gormCustomer
			if err := tx.Take(&c, id).Error; err != nil {
				return err
			}
			return tx.Model(&c).Update("balance", n).Error
		})
	}}
}

func (g *byGorm) changeMany(of, n int) trial {
	return g.changing(of, n, func(_ int, c *gormCustomer) (string, any) { return "balance", c.Balance + 1 })
}

func (g *byGorm) changeMixed(of, n int) trial {
	return g.changing(of, n, func(i int, c *gormCustomer) (string, any) {
		switch i % 3 {
		case 0:
			return "balance", c.Balance + 1
		case 1:
			return "first_name", other(c.FirstName)
		}
		return "active", !c.Active
	})
}

func (g *byGorm) changing(of, n int, change func(i int, c *gormCustomer) (column string, value any)) trial {
	var cs []gormCustomer
	return trial{
		before: func(ctx context.Context) (err error) {
			cs, err = g.customers(ctx, of)
			return err
		},
		op: func(ctx context.Context) error {
			return g.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
				for i := range cs[:n] {
					column, v := change(i, &cs[i])
					if err := tx.Model(&cs[i]).Update(column, v).Error; err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

func (g *byGorm) lists(n int) trial {
	return trial{op: func(ctx context.Context) error {
		var os []gormOwner
		err := g.db.WithContext(ctx).Preload("Accounts").Where("id <= ?", n).Order("id").Find(&os).Error
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
