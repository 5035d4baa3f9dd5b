package session

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/arg"
	"github.com/cupel-go/cupel/internal/wire"
)

// logger writes what an engine does to a slog.Logger; without one it is silent.
type logger struct {
	out  *slog.Logger
	args bool
}

func (l logger) connected(ctx context.Context, target string) {
	if l.out != nil {
		l.out.InfoContext(ctx, "connected", "database", target)
	}
}

// waits says what Close and Shutdown wait for.
func (l logger) waits(ctx context.Context, connections int32) {
	if l.out != nil {
		l.out.WarnContext(ctx, "closing the engine waits for connections in use: was a session left open?", "connections", connections)
	}
}

// statements logs each statement at Debug, with its duration and rows. The failed one has its error too, and no other level: the error
// is the caller's, who may have expected it, and logs it where it is one. Values are logged only when Options.LogArgs asks for them.
func (l logger) statements(ctx context.Context, stmts []*wire.Stmt, err error) {
	if l.out == nil {
		return
	}
	failed := len(stmts)
	if we := asWireError(err); we != nil {
		failed = we.Index
		if we.Unsent {
			stmts, failed = slices.Concat(stmts[:we.Led], stmts[failed:]), we.Led
		}
	} else if err != nil {
		failed = 0
	}
	for i, s := range stmts[:min(failed+1, len(stmts))] {
		l.statement(ctx, s, err, i == failed)
	}
}

func (l logger) statement(ctx context.Context, s *wire.Stmt, err error, failed bool) {
	if !l.out.Enabled(ctx, slog.LevelDebug) {
		return
	}
	attrs := []slog.Attr{
		slog.String("sql", strings.ReplaceAll(s.SQL, " \n", " ")),
		slog.Duration("duration", s.Took),
		slog.Int64("rows", s.Tag.RowsAffected()),
	}
	if l.args && len(s.Args) > 0 {
		attrs = append(attrs, slog.Any("args", arg.Plains(s.Args)))
	}
	if failed {
		attrs = append(attrs, slog.String("error", explain(err).Error()))
	}
	l.out.LogAttrs(ctx, slog.LevelDebug, "statement", attrs...)
}
