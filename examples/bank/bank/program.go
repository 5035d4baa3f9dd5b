package bank

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/cupel-go/cupel/session"
)

// Program is the tutorial: its steps print to one place and work on one database.
type Program struct {
	Engine *session.Engine
	Out    io.Writer
	url    string
}

// Open connects to the database as each program of the tutorial does at its start. log may be nil.
func Open(ctx context.Context, dsn string, out io.Writer, log *slog.Logger) (*Program, error) {
	eng, err := session.Open(ctx, dsn, Schema, session.Options{Logger: log})
	if err != nil {
		return nil, err
	}
	return &Program{Engine: eng, Out: out, url: session.MaskPassword(dsn)}, nil
}

// Close closes the connections.
func (p *Program) Close() { p.Engine.Close() }

// Run runs all programs of the tutorial in their order, the second one twice.
func (p *Program) Run(ctx context.Context) error {
	if err := p.Seed(ctx); err != nil {
		return err
	}
	for _, program := range []func(context.Context) error{p.Create, p.Create, p.Dummy, p.Query, p.Sync} {
		p.greet()
		if err := program(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (p *Program) greet() {
	p.log("Postgres database url: %s", p.url)
	p.log("Connected to the Postgres database !!!")
}

// log prints a line as the tutorial's logging does.
func (p *Program) log(format string, args ...any) {
	fmt.Fprintf(p.Out, "%s - %s\n", time.Now().Format("2006-01-02 15:04:05,000"), fmt.Sprintf(format, args...))
}

const line = "-------------------------"
