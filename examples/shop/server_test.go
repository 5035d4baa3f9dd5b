package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/examples/shop/store"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/session"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// service is the shop on a database of the test's own, with the rows of store.Seed.
type service struct {
	http.Handler
	eng *session.Engine
}

func newService(t *testing.T) *service {
	t.Helper()
	eng, err := open(pgtest.Clone(t, "shop", build))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(eng.Close)
	return &service{newHandler(eng, slog.New(slog.DiscardHandler)), eng}
}

func open(dsn string) (*session.Engine, error) {
	return session.Open(context.Background(), dsn, store.Schema, session.Options{MaxConns: 8})
}

func build(dsn string) error {
	ctx := context.Background()
	eng, err := open(dsn)
	if err != nil {
		return err
	}
	defer eng.Close()
	if err := store.Prepare(ctx, eng); err != nil {
		return err
	}
	return store.Seed(ctx, eng)
}

// send sends a request, "PUT /orders/1", and returns status and body of the answer.
func (s *service) send(ctx context.Context, request, body string) (int, string) {
	method, path, _ := strings.Cut(request, " ")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body)))
	return w.Code, strings.TrimSpace(w.Body.String())
}

// want sends a request and fails the test unless the answer has the status, in at most so many statements. It returns the answer.
func (s *service) want(t *testing.T, request, body string, status, statements int) string {
	t.Helper()
	ctx, report := session.Watch(t.Context())
	got, answer := s.send(ctx, request, body)
	if got != status {
		t.Errorf("%s %s: status %d, not %d: %s", request, body, got, status, answer)
	}
	report.AtMost(t, statements)
	if n := report.Summary().OneByOne(); len(n) > 0 {
		t.Errorf("%s: one by one: %v", request, n)
	}
	return answer
}

// equal fails the test unless an answer is the JSON that is wanted; members called placed_at and edited_at are left out.
func equal(t *testing.T, got, want string) {
	t.Helper()
	g, w := plain(t, got), plain(t, want)
	if !reflect.DeepEqual(g, w) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func plain(t *testing.T, text string) (x any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &x); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return withoutTimes(x)
}

func withoutTimes(x any) any {
	switch x := x.(type) {
	case map[string]any:
		delete(x, "placed_at")
		delete(x, "edited_at")
		for key := range x {
			x[key] = withoutTimes(x[key])
		}
	case []any:
		for i := range x {
			x[i] = withoutTimes(x[i])
		}
	}
	return x
}

// TestBadRequests: what cannot be read is 400, what is not there 404, and neither says what the database said.
func TestBadRequests(t *testing.T) {
	t.Parallel()
	s := newService(t)
	_, cursor, _ := strings.Cut(s.want(t, "GET /products?size=1", "", 200, 3), `"next":"`)
	place, err := base64.RawURLEncoding.DecodeString(strings.TrimSuffix(cursor, `"}`))
	if err != nil {
		t.Fatal(cursor, err)
	}
	tampered := base64.RawURLEncoding.EncodeToString(bytes.Replace(place, []byte(`"1"]`), []byte(`"x"]`), 1))
	for _, x := range []struct {
		request, body string
		status        int
		want          string // part of the answer
	}{
		{"GET /products/x", "", 400, "id is no positive number"},
		{"GET /products/99", "", 404, "not found"},
		{"GET /products/99999999999999999999", "", 400, "id is no positive number"},
		{"GET /orders/99", "", 404, "not found"},
		{"GET /customers/99", "", 404, "not found"},
		{"DELETE /products/99", "", 404, "not found"},
		{"GET /nothing", "", 404, "not found"},
		{"PATCH /products/1", "", 405, ""},
		{"GET /products?size=-1", "", 400, "size is no positive number"},
		{"GET /products?category=x", "", 400, "category is no positive number"},
		{"GET /products?max_price=9.999", "", 400, "max_price is no amount"},
		{"GET /products?after=x", "", 400, "after is no cursor"},
		{"GET /reports/top-products?places=0", "", 400, "places is no positive number"},
		{"POST /customers", "{", 400, "bad request"},
		{"POST /customers", `{"nonsense": 1}`, 400, "nonsense"},
		{"POST /products/import", `[null]`, 400, "a product is null"},
		{"GET /products?q=%00", "", 400, "a value that cannot be stored"},
		{"GET /products?after=" + tampered, "", 400, "a value that cannot be stored"},
		{"POST /transfers", `{"from": "x"}`, 400, "bad request"},
		{"POST /customers", `{"name": "` + strings.Repeat("x", 1<<20) + `"}`, 400, "too large"},
	} {
		status, answer := s.send(t.Context(), x.request, x.body)
		if status != x.status || !strings.Contains(strings.ToLower(answer), strings.ToLower(x.want)) {
			t.Errorf("%s %.40s: %d %s, want %d %s", x.request, x.body, status, answer, x.status, x.want)
		}
		if strings.Contains(answer, "SELECT") {
			t.Errorf("%s shows SQL: %s", x.request, answer)
		}
	}
}
