// Package relationships_test has the code of relationships.md: each kind is a file with the mapping between two marks, and a method of
// Kinds, whose comment is the heading and the text, and whose body is the Go code that the guide shows. What it shows as SQL is what a
// session sends when the method runs on a PostgreSQL.
package relationships_test

import (
	"context"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/docs/guide/blocks"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

var update = flag.Bool("update", false, "write relationships.md anew")

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// Kinds has a method for each kind of relationship.
type Kinds struct{}

// kinds are the parts of the guide, in its order: the file, the schema, and whether its DDL is shown.
var kinds = []struct {
	file   string
	schema *model.Schema
	ddl    string // the table whose CREATE TABLE is shown; "": none
}{
	{"onetomany", blog, ""},
	{"ordered", music, ""},
	{"manytomany", shop, "product_tag"},
	{"graph", maps, "edge"},
	{"onetoone", team, ""},
	{"association", orders, ""},
	{"viewonly", desk, ""},
}

const head = `# Relationships

<!-- Made from the sources in the directory relationships by: go test ./docs/guide/relationships -update -->

Each kind with its mapping, Go, and the SQL that a session sends for it; a test runs all of it on a PostgreSQL. Keys are column ID, called id. Of
statements that travel with their COMMIT the part is left out that checks their numbers of rows.

What they have in common: a field is a ` + "`model.One`" + ` or a ` + "`model.Many`" + `; Get and All load it for all objects of the same query in one statement, Set, Add and
Remove change it, and the other side with it, at once and without loading. The next flush writes foreign keys and rows of link tables; a
rollback gives both sides back. ` + "`query.Query.Load`" + ` loads with the query, Join and conditions (Any, Has, Count, Contains, Is) go along it.

`

const tail = `## What goes along relationships

| what | goes to | say otherwise with |
|---|---|---|
| s.Add | what an object refers to and has in its lists; not to what refers to it | model.NoCascadeAdd: what was given must be added itself, else the flush is session.ErrNotInSession |
| Set, Add and Remove of an object in a session | the same, and the other side | model.NoCascadeAdd |
| s.Delete | the members of lists and one-to-ones: their foreign key becomes NULL; pairs of a many-to-many are deleted | model.DeleteMembers, model.DeleteOrphans: they are deleted |
| Remove | nothing: the foreign key becomes NULL | model.DeleteOrphans: what leaves a list is deleted, unless another one gets it in the same flush |
| the database's ON DELETE | what the session has; nothing is loaded for it | model.DatabaseDeletes says that the database does it |
| session.Merge | what is loaded or set of the given object | model.NoCascadeMerge: the session's object keeps its own |
| s.Expunge | nothing | model.CascadeExpunge |
| s.Refresh, s.Expire | nothing | model.CascadeRefresh |

A member that goes from one owner to another is one UPDATE, of an orphan too.

## What is not there

- DeleteMembers and DeleteOrphans of a many-to-many: others may have the same objects.
- A link table whose columns refer to something else than the two primary keys; columns of a link table of its own, beside those: map it as a struct.
- A one-to-one of a table with itself of which only the side without the foreign key is mapped.
- Lists of a many-to-many that keep a position, lists as maps or sets, lists that are loaded in part: a query loads what is wanted.
- Relationships by other conditions than equal keys, but for ViewOnly's, which narrow one.
`

// section returns the part of the guide about a kind.
func section(t *testing.T, file string, schema *model.Schema, ddl string) string {
	t.Helper()
	ctx, log := t.Context(), &blocks.Recorder{}
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{Logger: slog.New(log)})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	if err := schema.CreateAll(ctx, eng); err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(file + "_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, mapping, _ := strings.Cut(string(src), "// begin mapping\n\n")
	mapping, _, ok := strings.Cut(mapping, "\n// end mapping")
	if !ok {
		t.Fatalf("%s has no marks around the mapping", file)
	}
	var b strings.Builder
	for i, m := range methods(t, file, src) {
		heading, text, _ := strings.Cut(m.Doc.Text(), "\n")
		level := "###"
		if i == 0 {
			level = "##"
		}
		fmt.Fprintf(&b, "%s %s\n\n%s\n\n", level, strings.TrimSuffix(heading, "."), strings.TrimSpace(text))
		if i == 0 {
			fmt.Fprintf(&b, "```golang\n%s\n```\n\n", mapping)
			for _, sql := range schema.DDL() {
				if ddl != "" && strings.HasPrefix(sql, "CREATE TABLE "+ddl+" ") {
					fmt.Fprintf(&b, "```sql\n%s\n```\n\n", sql)
				}
			}
		}
		log.Reset()
		s := eng.Session()
		run, _ := reflect.ValueOf(Kinds{}).MethodByName(m.Name.Name).Interface().(func(context.Context, *session.Session) error)
		if err := run(ctx, s); err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
		if err := s.Close(ctx); err != nil {
			t.Error(err)
		}
		fmt.Fprintf(&b, "```golang\n%s\n```\n\n```sql\n", body(src, m))
		for _, sql := range log.Sent() {
			if sql != "ROLLBACK" {
				b.WriteString(sql + ";\n")
			}
		}
		b.WriteString("```\n\n")
	}
	return b.String()
}

// methods returns the methods of Kinds in a file; their text is before its offsets in src.
func methods(t *testing.T, file string, src []byte) (found []*ast.FuncDecl) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil {
			found = append(found, fn)
		}
	}
	return found
}

// body returns the body of a method of the only file that was parsed, whose positions begin at 1.
func body(src []byte, m *ast.FuncDecl) string {
	text := string(src[int(m.Body.Lbrace) : int(m.Body.Rbrace)-1])
	return strings.TrimPrefix(strings.ReplaceAll(strings.Trim(text, "\n"), "\n\t", "\n"), "\t")
}

// TestGuide: relationships.md is what the sources here make of it, and all of it runs on a PostgreSQL.
func TestGuide(t *testing.T) {
	text := head
	for _, k := range kinds {
		text += section(t, k.file, k.schema, k.ddl)
	}
	text += tail
	const file = "../relationships.md"
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != text {
		t.Errorf("%s is not what the sources make of it; run go test ./docs/guide/relationships -update", file)
	}
}
