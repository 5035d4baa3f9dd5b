package main

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// byHand is pgx as a program uses it that has no library on top: what everything is compared with.
type byHand struct{ pool *pgxpool.Pool }

func openPgx(ctx context.Context, b *backend) (library, error) {
	config, err := b.config()
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	return &byHand{pool}, nil
}

func (h *byHand) close() { h.pool.Close() }

// resetter returns what runs a statement between slices.
func (h *byHand) resetter(sql string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := h.pool.Exec(ctx, sql)
		return err
	}
}

var errWrong = errors.New("the operation gave something else than it should")

// check reports whether an operation did what it should.
func check(ok bool) error {
	if !ok {
		return errWrong
	}
	return nil
}

const (
	columns   = "id, first_name, last_name, email, mobile, created_at, balance, active"
	selectOne = "SELECT " + columns + " FROM customer WHERE id = $1"
	selectMax = "SELECT " + columns + " FROM customer WHERE id <= $1 ORDER BY id"
	insertOne = "INSERT INTO entry (first_name, last_name, email, mobile, created_at, balance, active) " +
		"VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"
	updateOne = "UPDATE customer SET balance = $1 WHERE id = $2"
)

func scanCustomer(row pgx.Row, c *Customer) error {
	return row.Scan(&c.ID, &c.FirstName, &c.LastName, &c.Email, &c.Mobile, &c.CreatedAt, &c.Balance, &c.Active)
}

func (h *byHand) fetchOne(id int64) trial {
	return trial{op: func(ctx context.Context) error {
		var c Customer
		if err := scanCustomer(h.pool.QueryRow(ctx, selectOne, id), &c); err != nil {
			return err
		}
		return check(c.ID == id)
	}}
}

func (h *byHand) fetchMany(n int) trial {
	return trial{op: func(ctx context.Context) error {
		cs, err := h.customers(ctx, n)
		if err != nil {
			return err
		}
		return check(len(cs) == n)
	}}
}

func (h *byHand) customers(ctx context.Context, n int) ([]Customer, error) {
	rows, err := h.pool.Query(ctx, selectMax, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var cs []Customer
	for rows.Next() {
		var c Customer
		if err := rows.Scan(&c.ID, &c.FirstName, &c.LastName, &c.Email, &c.Mobile, &c.CreatedAt, &c.Balance, &c.Active); err != nil {
			return nil, err
		}
		cs = append(cs, c)
	}
	return cs, rows.Err()
}

// newEntries makes objects to add.
func newEntries(n int) []Entry {
	es := make([]Entry, n)
	for i := range es {
		es[i] = Entry{
			FirstName: "First", LastName: "Last", Email: some(i+1, "someone@example.org"), Mobile: some(i, "+49 30 123456"),
			CreatedAt: created, Balance: float64(i), Active: true,
		}
	}
	return es
}

func (h *byHand) addOne() trial {
	return trial{op: func(ctx context.Context) error {
		e := newEntries(1)[0]
		tx, err := h.pool.Begin(ctx)
		if err != nil {
			return err
		}
		defer tx.Rollback(ctx)
		row := tx.QueryRow(ctx, insertOne, e.FirstName, e.LastName, e.Email, e.Mobile, e.CreatedAt, e.Balance, e.Active)
		if err := row.Scan(&e.ID); err != nil {
			return err
		}
		if err := tx.Commit(ctx); err != nil {
			return err
		}
		return check(e.ID > 0)
	}}
}

func (h *byHand) addMany(n int) trial {
	return trial{op: func(ctx context.Context) error {
		es := newEntries(n)
		tx, err := h.pool.Begin(ctx)
		if err != nil {
			return err
		}
		defer tx.Rollback(ctx)
		for some := range slices.Chunk(es, mostRows) {
			if err := insertRows(ctx, tx, some); err != nil {
				return err
			}
		}
		if err := tx.Commit(ctx); err != nil {
			return err
		}
		return check(es[n-1].ID > 0)
	}}
}

// mostRows is how many rows fit into a statement of at most 65,535 arguments.
const mostRows = 5000

func insertRows(ctx context.Context, tx pgx.Tx, es []Entry) error {
	sql, args := insertMany(es)
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for i := 0; rows.Next(); i++ {
		if err := rows.Scan(&es[i].ID); err != nil {
			return err
		}
	}
	return rows.Err()
}

// insertMany returns one INSERT with many rows of VALUES.
func insertMany(es []Entry) (string, []any) {
	var sql strings.Builder
	sql.WriteString("INSERT INTO entry (first_name, last_name, email, mobile, created_at, balance, active) VALUES ")
	args := make([]any, 0, 7*len(es))
	for i := range es {
		e := &es[i]
		for j := range 7 {
			switch {
			case j > 0:
				sql.WriteString(", $")
			case i > 0:
				sql.WriteString("), ($")
			default:
				sql.WriteString("($")
			}
			sql.WriteString(strconv.Itoa(len(args) + j + 1))
		}
		args = append(args, e.FirstName, e.LastName, e.Email, e.Mobile, e.CreatedAt, e.Balance, e.Active)
	}
	sql.WriteString(") RETURNING id")
	return sql.String(), args
}

func (h *byHand) changeOne(id int64) trial {
	n := 0.0
	return trial{op: func(ctx context.Context) error {
		n++
		tx, err := h.pool.Begin(ctx)
		if err != nil {
			return err
		}
		defer tx.Rollback(ctx)
		var c Customer
		if err := scanCustomer(tx.QueryRow(ctx, selectOne, id), &c); err != nil {
			return err
		}
		c.Balance = n
		if _, err := tx.Exec(ctx, updateOne, c.Balance, c.ID); err != nil {
			return err
		}
		return tx.Commit(ctx)
	}}
}

func (h *byHand) changeMany(of, n int) trial {
	return h.changing(of, n, func(ctx context.Context, tx pgx.Tx, _ int, c *Customer) (pgconn.CommandTag, error) {
		c.Balance++
		return tx.Exec(ctx, updateOne, c.Balance, c.ID)
	})
}

func (h *byHand) changeMixed(of, n int) trial {
	return h.changing(of, n, func(ctx context.Context, tx pgx.Tx, i int, c *Customer) (pgconn.CommandTag, error) {
		switch i % 3 {
		case 0:
			c.Balance++
			return tx.Exec(ctx, updateOne, c.Balance, c.ID)
		case 1:
			c.FirstName = other(c.FirstName)
			return tx.Exec(ctx, "UPDATE customer SET first_name = $1 WHERE id = $2", c.FirstName, c.ID)
		}
		c.Active = !c.Active
		return tx.Exec(ctx, "UPDATE customer SET active = $1 WHERE id = $2", c.Active, c.ID)
	})
}

func (h *byHand) changing(of, n int, change func(ctx context.Context, tx pgx.Tx, i int, c *Customer) (pgconn.CommandTag, error)) trial {
	var cs []Customer
	return trial{
		before: func(ctx context.Context) (err error) {
			cs, err = h.customers(ctx, of)
			return err
		},
		op: func(ctx context.Context) error {
			tx, err := h.pool.Begin(ctx)
			if err != nil {
				return err
			}
			defer tx.Rollback(ctx)
			for i := range cs[:n] {
				if _, err := change(ctx, tx, i, &cs[i]); err != nil {
					return err
				}
			}
			return tx.Commit(ctx)
		},
	}
}

type ownerByHand struct {
	Customer
	Accounts []accountByHand
}

type accountByHand struct {
	ID       int64
	Name     string
	OpenedAt time.Time
	Balance  float64
	OwnerID  int64
}

const (
	selectOwners   = "SELECT " + columns + " FROM owner WHERE id <= $1 ORDER BY id"
	selectAccounts = "SELECT id, name, opened_at, balance, owner_id FROM account WHERE owner_id = ANY($1)"
)

func (h *byHand) lists(n int) trial {
	return trial{op: func(ctx context.Context) error {
		owners, err := h.owners(ctx, n)
		if err != nil {
			return err
		}
		if err := h.accounts(ctx, owners); err != nil {
			return err
		}
		count, sum := 0, 0.0
		for i := range owners {
			for _, a := range owners[i].Accounts {
				count++
				sum += a.Balance
			}
		}
		return check(count == n*perOwner && sum > 0)
	}}
}

func (h *byHand) owners(ctx context.Context, n int) ([]ownerByHand, error) {
	rows, err := h.pool.Query(ctx, selectOwners, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var os []ownerByHand
	for rows.Next() {
		var o ownerByHand
		if err := scanCustomer(rows, &o.Customer); err != nil {
			return nil, err
		}
		os = append(os, o)
	}
	return os, rows.Err()
}

// accounts reads the accounts of owners and joins them in memory.
func (h *byHand) accounts(ctx context.Context, owners []ownerByHand) error {
	ids := make([]int64, len(owners))
	byID := make(map[int64]*ownerByHand, len(owners))
	for i := range owners {
		ids[i] = owners[i].ID
		byID[owners[i].ID] = &owners[i]
	}
	rows, err := h.pool.Query(ctx, selectAccounts, ids)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a accountByHand
		if err := rows.Scan(&a.ID, &a.Name, &a.OpenedAt, &a.Balance, &a.OwnerID); err != nil {
			return err
		}
		o := byID[a.OwnerID]
		o.Accounts = append(o.Accounts, a)
	}
	return rows.Err()
}
