//go:build !unix

package pgtest

import (
	"errors"
	"os/exec"
)

// runner is who runs the server.
type runner struct{}

func unprivileged() (*runner, error) { return nil, errors.New("not on this platform") }

func (*runner) apply(*exec.Cmd) {}

func (*runner) own(string) error { return nil }

func alive(int) bool { return true }
