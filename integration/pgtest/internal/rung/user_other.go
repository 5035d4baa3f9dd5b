//go:build !unix

package rung

import (
	"errors"
	"os/exec"
)

// User is who runs the server.
type User struct{}

// Unprivileged returns an error: pgtest starts servers on Unix only.
func Unprivileged() (*User, error) { return nil, errors.New("not on this platform") }

// Apply does nothing.
func (*User) Apply(*exec.Cmd) {}

// Own does nothing.
func (*User) Own(string) error { return nil }

// Alive returns true: what cannot be found out is not removed.
func Alive(int) bool { return true }
