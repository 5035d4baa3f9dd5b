package render_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// data is a case as it was recorded.
type data struct {
	ID      string `json:"id"`
	Group   string `json:"group"`
	Kind    string `json:"kind"`
	Expr    string `json:"expr"`
	Columns []struct {
		Name   string `json:"name"`
		PgType string `json:"pg_type"`
	} `json:"columns"`
	Rows        []json.RawMessage  `json:"rows"`
	Ordered     bool               `json:"ordered"`
	OrderStable *bool              `json:"order_stable"`
	RowCount    *int64             `json:"rowcount"`
	Result      json.RawMessage    `json:"result"`
	Changes     map[string]changes `json:"table_changes"`
	Error       *failure           `json:"error"`
}

// changes are what a case did to a table.
type changes struct {
	Gone []json.RawMessage `json:"gone"`
	Came []json.RawMessage `json:"came"`
}

// failure is an error as SQLAlchemy raised it.
type failure struct {
	Stage    string `json:"stage"`
	Class    string `json:"class"`
	Message  string `json:"message"`
	SQLState string `json:"sqlstate"`
}

func (f *failure) String() string {
	return strings.TrimSpace(fmt.Sprintf("at %s: %s %s", f.Stage, f.Class, f.SQLState))
}

// inOrder reports whether the order of the rows counts.
func (d *data) inOrder() bool { return d.Ordered && (d.OrderStable == nil || *d.OrderStable) }

const standard = "../../testdata/oracle/render"

// folder is where the cases are.
func folder() string { return cmp.Or(os.Getenv("CUPEL_ORACLE"), standard) }

// load reads all cases of the folder.
func load(t *testing.T) []data {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder(), "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s: %v", folder(), err)
	}
	var all []data
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var some []data
		if err := json.Unmarshal(text, &some); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		all = append(all, some...)
	}
	return all
}

// dataset returns the tables and rows that every case begins with: those of the folder, else our own.
func dataset() (string, error) {
	text, err := os.ReadFile(filepath.Join(folder(), "dataset.sql"))
	if os.IsNotExist(err) {
		text, err = os.ReadFile(filepath.Join(standard, "dataset.sql"))
	}
	return string(text), err
}

var setval = regexp.MustCompile(`SELECT (setval\('[\w.]+', \d+\))`)

// resetting returns the statement that puts all sequences where the dataset has them.
func resetting(dataset string) string {
	var calls []string
	for _, m := range setval.FindAllStringSubmatch(dataset, -1) {
		calls = append(calls, m[1])
	}
	return "SELECT " + strings.Join(calls, ", ")
}
