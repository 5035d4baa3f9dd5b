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

// Step is one program of the tutorial.
type Step struct {
	Name string
	Run  func(ctx context.Context) error
}

// Steps returns the programs of the tutorial in their order, the one that creates the accounts twice.
func (p *Program) Steps() []Step {
	return []Step{
		{"ex_sa_06", p.Create},
		{"ex_sa_06_again", p.Create},
		{"ex_sa_07", p.Dummy},
		{"ex_sa_08", p.Query},
		{"ex_sa_08b", p.Sync},
	}
}

// Run seeds the database and runs all programs.
func (p *Program) Run(ctx context.Context) error {
	if err := p.Seed(ctx); err != nil {
		return err
	}
	for _, step := range p.Steps() {
		p.Greet()
		if err := step.Run(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Greet prints what each program prints first.
func (p *Program) Greet() {
	p.log("Postgres database url: %s", p.url)
	p.log("Connected to the Postgres database !!!")
}

// log prints a line as the tutorial's logging does.
func (p *Program) log(format string, args ...any) {
	fmt.Fprintf(p.Out, "%s - %s\n", time.Now().Format("2006-01-02 15:04:05,000"), fmt.Sprintf(format, args...))
}

const line = "-------------------------"
