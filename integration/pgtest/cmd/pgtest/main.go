// Command pgtest runs a command, such as the tests of a module, on a PostgreSQL that CUPEL_DSN names to it:
//
//	go run github.com/cupel-go/cupel/integration/pgtest/cmd/pgtest [-pg docker] go test ./...
//
// It has all of pgtest's ways to a server, Docker and the download too, so that the tests need not have them. The server
// is there for as long as the command runs. The command's exit status is pgtest's.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/cupel-go/cupel/integration/pgtest"
	_ "github.com/cupel-go/cupel/integration/pgtest/docker"
	_ "github.com/cupel-go/cupel/integration/pgtest/embedded"
)

func main() {
	rung := flag.String("pg", "", "the `way` to a server: dsn, local, docker or embedded (default CUPEL_PG, else the first that works)")
	flag.Usage = usage
	flag.Parse()
	if flag.NArg() == 0 {
		usage()
		os.Exit(2)
	}
	status, err := run(pgtest.Rung(*rung), flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(status)
}

func usage() {
	fmt.Fprintln(flag.CommandLine.Output(), "usage: pgtest [-pg way] command [argument …]")
	flag.PrintDefaults()
}

// run runs the command on a server and returns its exit status. An interrupt from the terminal reaches the command by
// itself; the server stays until the command has ended.
func run(rung pgtest.Rung, command []string) (int, error) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	server, err := pgtest.Start(context.Background(), pgtest.Options{Rung: rung})
	if err != nil {
		return 1, err
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "CUPEL_DSN="+server.DSN, "CUPEL_PG=dsn")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		return 1, errors.Join(fmt.Errorf("pgtest: %w", err), server.Stop())
	}
	go func() {
		for s := range signals {
			if s == syscall.SIGTERM {
				_ = cmd.Process.Signal(s)
			}
		}
	}()
	err = cmd.Wait()
	status := cmd.ProcessState.ExitCode()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		err = nil
	}
	if status < 0 { // a signal ended it
		status = 1
	}
	return status, errors.Join(err, server.Stop())
}
