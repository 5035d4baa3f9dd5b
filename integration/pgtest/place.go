package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Place is where one test or program works: a database of its own, or, on a server whose role may not create databases,
// a schema of its own.
type Place struct {
	DSN    string
	server *Server
	name   string
	schema bool
}

// String returns what the place is, such as "database cupel_bank_k3h2v5qa_1".
func (p *Place) String() string {
	if p.schema {
		return "schema " + p.name
	}
	return "database " + p.name
}

// NewPlace makes an empty place. what becomes part of its name; it has letters only.
func (s *Server) NewPlace(ctx context.Context, what string) (*Place, error) {
	return s.newPlace(ctx, what, "")
}

// newPlace makes a place; a template that is not "" is the database that it is a copy of.
func (s *Server) newPlace(ctx context.Context, what, template string) (*Place, error) {
	p := &Place{server: s, name: newName(what)}
	sql := "CREATE DATABASE " + quoted(p.name)
	if template != "" {
		sql += " TEMPLATE " + quoted(template)
	}
	err := s.exec(ctx, sql)
	if denied(err) {
		p.schema = true
		err = s.exec(ctx, "CREATE SCHEMA "+quoted(p.name))
	}
	switch {
	case denied(err):
		return nil, fmt.Errorf("pgtest: the server's role may create neither a database nor a schema: %w", err)
	case err != nil:
		return nil, fmt.Errorf("pgtest: create %s: %w", p, err)
	case p.schema:
		p.DSN, err = withSchema(s.DSN, p.name)
	default:
		p.DSN, err = withDatabase(s.DSN, p.name)
	}
	s.note(p, true)
	return p, err
}

// Drop drops the place and all that is in it.
func (p *Place) Drop(ctx context.Context) error {
	sql := "DROP DATABASE IF EXISTS " + quoted(p.name) + " WITH (FORCE)"
	if p.schema {
		sql = "DROP SCHEMA IF EXISTS " + quoted(p.name) + " CASCADE"
	}
	if err := p.server.exec(ctx, sql); err != nil {
		return fmt.Errorf("pgtest: drop %s: %w", p, err)
	}
	p.server.note(p, false)
	return nil
}

// note keeps in mind which places are there.
func (s *Server) note(p *Place, there bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.places == nil {
		s.places = map[*Place]bool{}
	}
	if there {
		s.places[p] = true
	} else {
		delete(s.places, p)
	}
}

// dropPlaces drops the places that are still there.
func (s *Server) dropPlaces(ctx context.Context) error {
	s.mu.Lock()
	left := slices.Collect(maps.Keys(s.places))
	s.mu.Unlock()
	var errs []error
	for _, p := range left {
		errs = append(errs, p.Drop(ctx))
	}
	return errors.Join(errs...)
}

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

// denied reports whether the server refused a statement for want of a privilege.
func denied(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "42501"
}

// process is in the names of all places that this process makes, so that no other one on the same server has them.
var process = strings.ToLower(rand.Text()[:8])

var places atomic.Int64

func newName(what string) string { return fmt.Sprintf("cupel_%s_%s_%d", what, process, places.Add(1)) }

func (s *Server) exec(ctx context.Context, sql string) error {
	conn, err := pgx.Connect(ctx, s.DSN)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, sql)
	return err
}

// withDatabase returns a DSN, a URL or keywords, with another database in it.
func withDatabase(dsn, name string) (string, error) {
	if !isURL(dsn) {
		return dsn + " dbname=" + keywordValue(name), nil
	}
	return changeURL(dsn, func(u *url.URL) {
		u.Path = "/" + name
		u.RawQuery = withoutKeys(u.RawQuery, "dbname", "database")
	})
}

// withSchema returns a DSN whose connections work in a schema.
func withSchema(dsn, name string) (string, error) {
	if !isURL(dsn) {
		return dsn + " search_path=" + keywordValue(name), nil
	}
	return changeURL(dsn, func(u *url.URL) {
		value := strings.ReplaceAll(url.QueryEscape(name), "+", "%20") // a plus is a plus for libpq and pgx
		u.RawQuery = strings.TrimPrefix(withoutKeys(u.RawQuery, "search_path")+"&search_path="+value, "&")
	})
}

// withoutKeys returns a URL's query without some of its keys.
func withoutKeys(query string, keys ...string) string {
	pairs := slices.DeleteFunc(strings.Split(query, "&"), func(pair string) bool {
		key, _, _ := strings.Cut(pair, "=")
		return slices.Contains(keys, key)
	})
	return strings.Join(pairs, "&")
}

func isURL(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

func keywordValue(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

func changeURL(dsn string, change func(*url.URL)) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "", errors.New("pgtest: the DSN is no URL") // the error would have the password
	}
	change(u)
	return u.String(), nil
}
