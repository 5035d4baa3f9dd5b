package run_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/docs/guide/blocks"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// program is what a block that runs tells the test.
type program struct {
	t     testing.TB
	block blocks.Block
	dsn   string
	log   blocks.Recorder // of what it sends

	marked  int      // how many statements there were at the last mark
	printed []string // comments of what was printed
	kept    []statement
	ended   bool
}

// statement is a query that a block makes and does not run.
type statement interface {
	SQL() (string, []any, error)
}

// begin is called where the block begins, after what makes its data.
func (p *program) begin() { p.log.Reset() }

// ok is called with an err that the block does not look at.
func (p *program) ok(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("err is %v, behind\n%s", err, strings.Join(p.log.Sent(), "\n"))
	}
}

// mark is called before a line whose comment says what it sends.
func (p *program) mark() { p.marked = len(p.log.Sent()) }

// sends is called behind such a line, with the statements that it sends.
func (p *program) sends(want ...string) {
	p.t.Helper()
	if got := p.log.Sent()[p.marked:]; !slices.EqualFunc(want, got, blocks.Matches) {
		p.t.Errorf("it sends\n%s\nnot %q", strings.Join(got, "\n"), want)
	}
}

// prints is called in the place of fmt.Println, with the comment behind it: what is printed, in one line, and more behind a comma or semicolon.
func (p *program) prints(comment string, values ...any) {
	p.t.Helper()
	line := strings.ReplaceAll(strings.TrimSuffix(fmt.Sprintln(values...), "\n"), " \n", " ")
	if comment == "" {
		return
	}
	p.printed = append(p.printed, comment)
	if !blocks.Matches(comment, line) && !strings.HasPrefix(comment, line+", ") && !strings.HasPrefix(comment, line+"; ") {
		p.t.Errorf("it prints\n%s\nnot\n%s", line, comment)
	}
}

// keep is called with what the block makes and does not run, and with the SQL that stands below, if there is some.
func (p *program) keep(x any, want string) {
	p.t.Helper()
	q, ok := x.(statement)
	if !ok {
		return
	}
	p.kept = append(p.kept, q)
	sql, _, err := q.SQL()
	p.ok(err)
	if sql = strings.ReplaceAll(sql, " \n", " "); want != "" && !blocks.Matches(want, sql) {
		p.t.Errorf("the SQL is\n%s\nnot\n%s", sql, want)
	}
}

// end is called where the block ends, with the tables that it has mapped. These can be made, and the queries that it keeps be prepared.
func (p *program) end(tables ...model.Mapped) {
	p.t.Helper()
	sent := p.log.Sent()
	p.ended = true
	if want := p.block.SQL; len(want) > 0 && !slices.EqualFunc(want, sent, blocks.Matches) {
		p.t.Errorf("it sends\n%s\nnot\n%s", strings.Join(sent, "\n"), strings.Join(want, "\n"))
	}
	if want := p.block.Prints(); !slices.Equal(p.printed, want) {
		p.t.Errorf("lines with these comments are printed: %q, not %q", p.printed, want)
	}
	if len(tables) > 0 {
		p.create(tables)
	}
	p.prepare()
}

// create makes mapped tables, in the place of those that are there, and verifies them.
func (p *program) create(tables []model.Mapped) {
	p.t.Helper()
	ctx := p.t.Context()
	own, err := model.NewSchema(tables...)
	if err != nil {
		p.t.Fatal(err)
	}
	eng, err := session.Open(ctx, p.dsn, own, session.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	defer eng.Close()
	if _, err := eng.Pool().Exec(ctx, "DROP TABLE customer, account, doc, event"); err != nil {
		p.t.Fatal(err)
	}
	p.ok(own.CreateAll(ctx, eng))
	p.ok(own.Verify(ctx, eng))
}

// prepare has the server look at the queries that the block keeps.
func (p *program) prepare() {
	p.t.Helper()
	ctx := p.t.Context()
	conn, err := pgx.Connect(ctx, p.dsn)
	if err != nil {
		p.t.Fatal(err)
	}
	defer conn.Close(ctx)
	for _, q := range p.kept {
		sql, _, err := q.SQL()
		p.ok(err)
		if _, err := conn.Prepare(ctx, "", sql); err != nil {
			p.t.Errorf("%v: %s", err, sql)
		}
	}
}
