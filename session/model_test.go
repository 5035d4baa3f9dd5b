package session_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// Publisher has a text key that the program gives.
type Publisher struct {
	Code string
	Name string

	Books model.Many[Book]
}

// Author has a generated key.
type Author struct {
	ID    int64
	Name  string
	Email *string
	Born  *time.Time
	Notes []string

	Books model.Many[Book]
}

// Book refers to an author, who must be there, and to a publisher, who need not.
type Book struct {
	ID          int64
	Title       string
	Price       float64
	Pages       *int32
	InPrint     bool
	Extra       json.RawMessage
	CreatedAt   time.Time
	UpdatedAt   time.Time
	AuthorID    int64
	PublisherID *string

	Author    model.One[Author]
	Publisher model.One[Publisher]
	Reviews   model.Many[Review]
}

// Review has a composite key and goes with its book.
type Review struct {
	BookID int64
	By     string
	Stars  int16

	Book model.One[Book]
}

// Worker refers to its own table.
type Worker struct {
	ID     int64
	Name   string
	BossID *int64

	Boss    model.One[Worker]
	Reports model.Many[Worker]
}

type (
	publishers struct {
		model.Table[Publisher]
		Code, Name expr.Text
		Books      model.ToMany[Publisher, Book]
	}
	authors struct {
		model.Table[Author]
		ID    expr.Int
		Name  expr.Text
		Email expr.NullText
		Born  expr.NullDate
		Notes expr.Col[[]string]
		Books model.ToMany[Author, Book]
	}
	books struct {
		model.Table[Book]
		ID                   expr.Int
		Title                expr.Text
		Price                expr.Float
		Pages                expr.NullInt32
		InPrint              expr.Bool
		Extra                expr.JSON
		CreatedAt, UpdatedAt expr.Time
		AuthorID             expr.Int
		PublisherID          expr.NullText
		Author               model.ToOne[Book, Author]
		Publisher            model.ToOne[Book, Publisher]
		Reviews              model.ToMany[Book, Review]
	}
	reviews struct {
		model.Table[Review]
		BookID expr.Int
		By     expr.Text
		Stars  expr.Int16
		Book   model.ToOne[Review, Book]
	}
	workers struct {
		model.Table[Worker]
		ID      expr.Int
		Name    expr.Text
		BossID  expr.NullInt
		Boss    model.ToOne[Worker, Worker]
		Reports model.ToMany[Worker, Worker]
	}
)

var (
	Publishers = model.Map("publisher", func(t *publishers) model.Spec {
		return model.Spec{model.PrimaryKey(t.Code), model.Size(10, t.Code)}
	})
	Authors = model.Map("author", func(t *authors) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Unique(t.Email),
			model.Default(t.Notes, func() []string { return []string{} }),
		}
	})
	Books = model.Map("book", func(t *books) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Check("price_positive", t.Price.Ge(0)),
			model.Default(t.Extra, func() json.RawMessage { return json.RawMessage("{}") }),
			model.ServerDefault(t.CreatedAt, "now()"),
			model.Default(t.UpdatedAt, time.Now), model.OnUpdate(t.UpdatedAt, time.Now),
			model.ForeignKey(t.AuthorID, Authors.ID), model.ForeignKey(t.PublisherID, Publishers.Code),
			model.DeleteOrphans(t.Reviews),
		}
	})
	Reviews = model.Map("review", func(t *reviews) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.BookID, t.By), model.ForeignKey(t.BookID, Books.ID),
			model.OrderBy(Books.Reviews, t.By.Asc()),
		}
	})
	Workers = model.Map("worker", func(t *workers) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.BossID, t.ID)}
	})
	library = model.MustSchema(Publishers, Authors, Books, Reviews, Workers)
)

// recorder is a slog.Handler that keeps the statements sent.
type recorder struct {
	mu   sync.Mutex
	sent []string
}

func (r *recorder) Enabled(context.Context, slog.Level) bool { return true }
func (r *recorder) WithAttrs([]slog.Attr) slog.Handler       { return r }
func (r *recorder) WithGroup(string) slog.Handler            { return r }
func (r *recorder) Handle(_ context.Context, rec slog.Record) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	rec.Attrs(func(a slog.Attr) bool {
		if a.Key == "sql" {
			r.sent = append(r.sent, a.Value.String())
		}
		return true
	})
	return nil
}

// take returns the statements since the last call.
func (r *recorder) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	sent := r.sent
	r.sent = nil
	return sent
}

// open returns an engine on a database of its own with the library's tables, and what it sends.
func open(t testing.TB) (*session.Engine, *recorder) {
	t.Helper()
	rec := &recorder{}
	eng, err := session.Open(context.Background(), pgtest.Database(t), library, session.Options{Logger: slog.New(rec), MaxConns: 4})
	if err != nil {
		t.Fatal(err)
	}
	closing(t, eng)
	if err := library.CreateAll(context.Background(), eng); err != nil {
		t.Fatal(err)
	}
	rec.take()
	return eng, rec
}

// closing closes an engine at the test's end. A session that a failed test left open does not hold it up.
func closing(t testing.TB, eng *session.Engine) {
	t.Helper()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := eng.Shutdown(ctx); err != nil && !t.Failed() {
			t.Error(err)
		}
	})
}

// begin returns a session that is closed at the test's end.
func begin(t testing.TB, eng *session.Engine) *session.Session {
	t.Helper()
	s := eng.Session()
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return s
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func is(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error is %v, want %v", err, want)
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// sent compares the statements sent, a line each, "…" standing for the rest of a line. Where a transaction begins, and whether a lone
// statement that is one by itself has a COMMIT, is for TestBegin.
func sent(t testing.TB, rec *recorder, want ...string) {
	t.Helper()
	begins := func(sql string) bool { return sql == "BEGIN" }
	got, want := slices.DeleteFunc(rec.take(), begins), slices.DeleteFunc(slices.Clone(want), begins)
	if n := len(want); n >= 2 && want[n-1] == "COMMIT" && len(got) == n-1 {
		want = want[:n-1]
	}
	matches := slices.EqualFunc(got, want, func(g, w string) bool {
		if head, cut := strings.CutSuffix(w, "…"); cut {
			return strings.HasPrefix(g, head)
		}
		return g == w
	})
	if !matches {
		t.Errorf("sent:\n\t%s\nwant:\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func ptr[T any](v T) *T { return &v }

// count returns the number of rows of a table, past any session.
func count(t testing.TB, eng *session.Engine, table string) int {
	t.Helper()
	var n int
	ok(t, eng.Pool().QueryRow(context.Background(), "SELECT count(*) FROM "+table).Scan(&n))
	return n
}
