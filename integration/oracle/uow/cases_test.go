package uow_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recording is one scenario as SQLAlchemy ran it.
type recording struct {
	ID           string                      `json:"id"`
	Group        string                      `json:"group"`
	Description  string                      `json:"description"`
	Models       string                      `json:"models"`
	Script       string                      `json:"script"`
	Log          []entry                     `json:"log"`
	Variants     [][][]any                   `json:"log_variants"`
	Observations []observation               `json:"observations"`
	Exception    *failure                    `json:"exception"`
	Tables       map[string][]map[string]any `json:"final_tables"`
}

// entry is a line of the log: a statement, a mark, or the place of an observation.
type entry struct {
	Op          string `json:"op"`
	SQL         string `json:"sql"`
	Params      []any  `json:"params"`
	Executemany bool   `json:"executemany"`
	Failed      bool   `json:"failed"`
	Text        string `json:"text"`
	Label       string `json:"label"`
}

// observation is a value or an error that the script noted. Of Cupel's own, err is the error.
type observation struct {
	Label string   `json:"label"`
	Value any      `json:"value"`
	Error *failure `json:"error"`
	err   error
}

// failure is an exception.
type failure struct {
	Class    string `json:"class"`
	Message  string `json:"message"`
	SQLState string `json:"sqlstate"`
}

// modelSet is the tables of some scenarios and the rows that they begin with.
type modelSet struct {
	DDL  []string `json:"ddl"`
	Rows string   `json:"rows_sql"`
}

var ownFolder = filepath.Join("..", "..", "testdata", "oracle", "uow")

// folder returns the folder of the recordings.
func folder() string {
	if dir := os.Getenv("CUPEL_ORACLE_UOW"); dir != "" {
		return dir
	}
	return ownFolder
}

const setsFile = "model_sets.json"

// recordings reads every group of a folder.
func recordings(t *testing.T, dir string) []*recording {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []*recording
	for _, file := range files {
		if filepath.Base(file) == setsFile {
			continue
		}
		var group []*recording
		readJSON(t, file, &group)
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		for _, c := range group {
			if c.Group == "" {
				c.Group = name
			}
		}
		all = append(all, group...)
	}
	if len(all) == 0 {
		t.Fatalf("no recordings in %s", dir)
	}
	return all
}

// modelSets reads the model sets: from the folder, or from one of that name in it.
func modelSets(t *testing.T) map[string]modelSet {
	t.Helper()
	sets := map[string]modelSet{}
	for _, file := range []string{setsFile, filepath.Join("model_sets", setsFile)} {
		path := filepath.Join(folder(), file)
		if _, err := os.Stat(path); err == nil {
			readJSON(t, path, &sets)
			return sets
		}
	}
	readJSON(t, filepath.Join(ownFolder, setsFile), &sets)
	return sets
}

func readJSON(t *testing.T, path string, v any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}
