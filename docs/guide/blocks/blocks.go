// Package blocks reads the pieces of Go in the guides with the SQL beside them, and makes of the Go what the tests in docs/guide/run run.
package blocks

import (
	"fmt"
	"regexp"
	"strings"
)

// Block is a piece of Go in a document, with what the comments of HTML before it, which readers do not see, say of it.
type Block struct {
	Heading      string   // what it stands under
	Line         int      // its first in the document
	Go           string   // as it stands there
	Before       string   // Go that makes what it works on: <!-- before: … -->
	Run          string   // Go that runs it, where it is declarations: <!-- run: … -->
	OnlyCompiled string   // why it cannot run: <!-- only compiled: … -->
	SQL          []string // the statements that it sends, where the document shows them; "…" stands for anything
}

// declares is what a block has that is declarations, as methods must be, not statements.
var declares = regexp.MustCompile(`(?m)^func `)

// Declares reports whether a block is declarations. Those after it in the document may use them.
func (b Block) Declares() bool { return declares.MatchString(b.Go) }

// Runs reports whether a block has code that runs by itself.
func (b Block) Runs() bool { return b.OnlyCompiled == "" && (!b.Declares() || b.Run != "") }

// printed finds what a document says that a line prints.
var printed = regexp.MustCompile(`(?m)fmt\.Println\(.*\) +// (.*)$`)

// Prints returns what the block prints, as its comments have it.
func (b Block) Prints() (lines []string) {
	for _, m := range printed.FindAllStringSubmatch(b.Go, -1) {
		lines = append(lines, m[1])
	}
	return lines
}

// reader is where the reading of a document is.
type reader struct {
	lines  []string
	at     int
	blocks []Block
	next   Block // what comments have said of the block to come
	open   bool  // a block of SQL may belong to the last block
}

// Read returns the pieces of Go in a document.
func Read(text string) ([]Block, error) {
	r := &reader{lines: strings.Split(text, "\n")}
	for r.at < len(r.lines) {
		if err := r.line(); err != nil {
			return nil, fmt.Errorf("line %d: %w", r.at, err)
		}
	}
	return r.blocks, r.unused()
}

// line reads what begins in a line.
func (r *reader) line() error {
	line := r.lines[r.at]
	r.at++
	switch {
	case strings.HasPrefix(line, "```go") && line != "```golang":
		b := r.next
		b.Line = r.at + 1
		b.Go = r.upTo("```")
		r.blocks, r.next, r.open = append(r.blocks, b), Block{Heading: b.Heading}, true
	case line == "```sql":
		sql := r.upTo("```")
		if !r.open || len(r.blocks) == 0 {
			return fmt.Errorf("SQL of no Go: %s", sql)
		}
		r.blocks[len(r.blocks)-1].SQL, r.open = statements(sql), false
	case strings.HasPrefix(line, "```"):
		r.upTo("```")
	case strings.HasPrefix(line, "<!-- "):
		return r.comment(line)
	case strings.HasPrefix(line, "#"):
		r.open, r.next.Heading = false, strings.TrimLeft(line, "# ")
		return r.unused()
	}
	return nil
}

// upTo returns the lines before one that is end.
func (r *reader) upTo(end string) string {
	var b strings.Builder
	for ; r.at < len(r.lines) && r.lines[r.at] != end; r.at++ {
		b.WriteString(r.lines[r.at] + "\n")
	}
	r.at++
	return b.String()
}

// comment reads what a comment says of the next block, which may be several lines.
func (r *reader) comment(line string) error {
	text, ok := strings.CutSuffix(line, " -->")
	if !ok {
		text += "\n" + r.upTo("-->")
	}
	key, value, _ := strings.Cut(strings.TrimPrefix(text, "<!-- "), ":")
	fields := map[string]*string{"before": &r.next.Before, "run": &r.next.Run, "only compiled": &r.next.OnlyCompiled}
	field, ok := fields[key]
	if !ok || *field != "" {
		return fmt.Errorf("what is %q to say?", line)
	}
	*field = strings.TrimSpace(value)
	return nil
}

// unused is the error of a comment that no block follows.
func (r *reader) unused() error {
	if n := r.next; n.Before+n.Run+n.OnlyCompiled != "" {
		return fmt.Errorf("a comment above %q is of no block", n.Heading)
	}
	return nil
}

var (
	begins = regexp.MustCompile(`^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SELECT|INSERT|UPDATE|DELETE|WITH|CREATE)\b`)
	remark = regexp.MustCompile(` +-- .*$`)
)

// statements returns the statements of a block of SQL: each begins a line, and lines that begin with something else go on with it.
func statements(sql string) (all []string) {
	for line := range strings.Lines(sql) {
		line = strings.TrimSuffix(remark.ReplaceAllString(strings.TrimSpace(line), ""), ";")
		if begins.MatchString(line) || len(all) == 0 {
			all = append(all, line)
		} else {
			all[len(all)-1] += " " + line
		}
	}
	return all
}

// Matches reports whether a text is what a document says: "…" in the document stands for anything.
func Matches(shown, text string) bool {
	parts := strings.Split(shown, "…")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile(`(?s)^` + strings.Join(parts, ".*") + `$`).MatchString(text)
}
