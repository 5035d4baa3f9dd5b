package uow_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
)

// statementLog is a slog.Handler that keeps the statements that a session's engine logs: those that the server ran, and
// which of them failed. The wire alone does not tell what the server skipped after an error.
type statementLog struct {
	mu         sync.Mutex
	statements []logged
}

type logged struct {
	sql    string
	failed bool
}

func (l *statementLog) logger() *slog.Logger                     { return slog.New(l) }
func (l *statementLog) Enabled(context.Context, slog.Level) bool { return true }
func (l *statementLog) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l *statementLog) WithGroup(string) slog.Handler            { return l }
func (l *statementLog) Handle(_ context.Context, r slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	r.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "sql":
			l.statements = append(l.statements, logged{sql: oneLine(a.Value.String())})
		case "error": // of the statement
			l.statements[len(l.statements)-1].failed = true
		}
		return true
	})
	return nil
}

// take returns the statements since the last call.
func (l *statementLog) take() []logged {
	l.mu.Lock()
	defer l.mu.Unlock()
	taken := l.statements
	l.statements = nil
	return taken
}

func oneLine(sql string) string { return strings.Join(strings.Fields(sql), " ") }
