//go:build unix

package rung

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// User is who runs the server: PostgreSQL refuses to run as root. The zero value is the one who runs the test.
type User struct{ credential *syscall.Credential }

// Unprivileged returns the user to run the server as: the current one, or postgres or nobody where that is root.
func Unprivileged() (*User, error) {
	if os.Geteuid() != 0 {
		return &User{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
			gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
			if err1 == nil && err2 == nil {
				return &User{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
			}
		}
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as")
}

// Apply makes cmd run as the user, out of the terminal's reach: an interrupt is for the test, which then ends the
// server in its own way.
func (u *User) Apply(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: u.credential}
}

// Own makes a folder the user's.
func (u *User) Own(dir string) error {
	if u.credential == nil {
		return nil
	}
	return os.Chown(dir, int(u.credential.Uid), int(u.credential.Gid))
}

// Alive reports whether a process exists.
func Alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
