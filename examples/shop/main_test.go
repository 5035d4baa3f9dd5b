package main

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/integration/pgtest"
)

// output is what a program has written; each Write is one item.
type output chan []byte

func (o output) Write(p []byte) (int, error) {
	o <- bytes.Clone(p)
	return len(p), nil
}

// TestServe: all that the program says to try works, and it ends when it is told to.
func TestServe(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, ended := make(output, 1), make(chan error, 1)
	go func() {
		ended <- serve(ctx, config{dsn: pgtest.Database(t), addr: "localhost:0", seed: true, out: out, log: slog.New(slog.DiscardHandler)})
	}()
	var text []byte
	select {
	case text = <-out:
	case err := <-ended:
		t.Fatal(err)
	}
	curl := regexp.MustCompile(`curl (?:-X (\w+) +)?'([^']*)'(?: -d '([^']*)')?`)
	lines := curl.FindAllSubmatch(text, -1)
	if n := bytes.Count(text, []byte("curl")); n != len(lines) || n < 5 {
		t.Errorf("%d of %d lines to try were understood", len(lines), n)
	}
	for _, line := range lines {
		method := string(line[1])
		if method == "" {
			method = http.MethodGet
		}
		request, err := http.NewRequestWithContext(ctx, method, string(line[2]), strings.NewReader(string(line[3])))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode >= 300 {
			t.Errorf("%s: %s", line[0], answer.Status)
		}
	}
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("it does not end")
	}
}
