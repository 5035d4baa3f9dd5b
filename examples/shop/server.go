package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/cupel-go/cupel/session"
)

// server has the handlers, each a method in the file of its subject.
type server struct {
	eng *session.Engine
	log *slog.Logger
}

// newHandler returns the service on an engine.
func newHandler(eng *session.Engine, log *slog.Logger) http.Handler {
	s := &server{eng: eng, log: log}
	mux := http.NewServeMux()
	for pattern, do := range map[string]handler{
		"GET /categories":           s.listCategories,
		"GET /products":             s.listProducts,
		"GET /products/{id}":        byID(s.getProduct),
		"PUT /products/{id}":        byID(s.putProduct),
		"DELETE /products/{id}":     byID(s.deleteProduct),
		"POST /products/import":     s.importProducts,
		"POST /customers":           s.addCustomer,
		"GET /customers/{id}":       byID(s.getCustomer),
		"PUT /customers/{id}":       byID(s.putCustomer),
		"POST /orders":              s.addOrder,
		"GET /orders/{id}":          byID(s.getOrder),
		"PUT /orders/{id}":          byID(s.putOrder),
		"POST /transfers":           s.transfer,
		"GET /reports/top-products": s.topProducts,
	} {
		mux.Handle(pattern, s.handle(pattern, do))
	}
	return mux
}

// handler answers a request: with a status and what is to be JSON, nil for none, or with an error, whose status statusOf knows.
type handler func(r *http.Request) (status int, body any, err error)

// handle makes a handler net/http's, and logs each request with what it did on the database.
func (s *server) handle(pattern string, do handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, report := session.Watch(r.Context())
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
		status, body, err := do(r)
		if err != nil {
			status, body = statusOf(err)
		}
		write(w, status, body)
		db := report.Summary()
		attrs := []any{"path", r.URL.Path, "status", status, "statements", db.Statements, "trips", db.Trips, "took", db.Took}
		if status < http.StatusInternalServerError {
			s.log.InfoContext(ctx, pattern, attrs...)
		} else {
			s.log.ErrorContext(ctx, pattern, append(attrs, "error", err)...)
		}
	})
}

func write(w http.ResponseWriter, status int, body any) {
	if body == nil {
		w.WriteHeader(status)
		return
	}
	text, err := json.Marshal(body)
	if err != nil {
		http.Error(w, "the answer is no JSON", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(text, '\n')) // a client that has gone needs no answer
}

// session starts a unit of work in which nothing is loaded but by a query that says so: a handler cannot have an N+1.
func (s *server) session() *session.Session {
	return s.eng.SessionWith(session.TxOptions{NoLazy: true})
}

// errRequest is found by errors.Is in the error of a request that cannot be read.
var errRequest = errors.New("bad request")

// read reads the JSON of a request into what a pointer points to: objects with relationships are not to be copied.
func read(r *http.Request, into any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", errRequest, err)
	}
	return nil
}

// byID makes a handler of one that takes the id in the path.
func byID(do func(r *http.Request, id int64) (int, any, error)) handler {
	return func(r *http.Request) (int, any, error) {
		id, err := number(r.PathValue("id"), "id", 0)
		if err != nil {
			return 0, nil, err
		}
		return do(r, id)
	}
}

// number reads a number, def where text is empty.
func number(text, name string, def int64) (int64, error) {
	if text == "" {
		return def, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%w: %s is no positive number", errRequest, name)
	}
	return n, nil
}
