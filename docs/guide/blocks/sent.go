package blocks

import (
	"context"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Recorder is a slog.Handler that keeps the statements which sessions send, as documents show them: without the guard that counts the rows of
// one which travels with its COMMIT.
type Recorder struct {
	mu   sync.Mutex
	sent []string
}

// guarded is a statement with the guard around it.
var guarded = regexp.MustCompile(`^WITH (?:changed AS \((.*?)(?: RETURNING (?:1|[^()]* AS k1[^()]*))\) SELECT CASE|added AS \((.*)\) SELECT \* FROM added WHERE) .*$`)

// Sent returns the statements since the last Reset.
func (r *Recorder) Sent() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.sent)
}

// Reset forgets all statements.
func (r *Recorder) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent = nil
}

// Handle keeps the statement of a record that has one.
func (r *Recorder) Handle(_ context.Context, rec slog.Record) error {
	rec.Attrs(func(at slog.Attr) bool {
		if at.Key == "sql" {
			sql := at.Value.String()
			if g := guarded.FindStringSubmatch(sql); g != nil {
				sql = g[1] + g[2]
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			r.sent = append(r.sent, strings.ReplaceAll(sql, "  ", " "))
		}
		return true
	})
	return nil
}

// Enabled is true: a Recorder wants every level.
func (r *Recorder) Enabled(context.Context, slog.Level) bool { return true }

// WithAttrs returns the Recorder, which keeps no attributes.
func (r *Recorder) WithAttrs([]slog.Attr) slog.Handler { return r }

// WithGroup returns the Recorder, which knows no groups.
func (r *Recorder) WithGroup(string) slog.Handler { return r }
