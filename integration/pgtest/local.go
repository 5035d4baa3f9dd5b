package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/cupel-go/cupel/integration/pgtest/internal/rung"
)

// startLocal makes a throw-away cluster with PostgreSQL's own binaries.
func startLocal(ctx context.Context) (*Server, error) {
	if runtime.GOOS == "windows" {
		return nil, errors.New("not on Windows")
	}
	bin, err := findBinaries()
	if err != nil {
		return nil, err
	}
	who, err := rung.Unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := tempDir(who)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"),
		"--pgdata="+data, "--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--no-locale")
	initdb.Dir = dir
	who.Apply(initdb)
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("initdb: %w: %s", err, rung.OneLine(string(out))), os.RemoveAll(dir))
	}
	return runLocal(ctx, filepath.Join(bin, "postgres"), dir, data, who)
}

// tempDir makes a folder that user who owns, with a path short enough for a socket in it (107 bytes on Linux, fewer
// elsewhere).
func tempDir(who *rung.User) (string, error) {
	const longest = 60
	parent := os.TempDir()
	if len(parent) > longest {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, "cupel-pg-")
	if err != nil {
		return "", err
	}
	if err := who.Own(dir); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return dir, nil
}

// supervise runs a server until its standard input ends, which it does when the process at the other end is gone, however
// it went; then it stops the server at once and removes its folder. A line of input has it shut the server down, as an
// administrator would, and start it again.
const supervise = `dir=$1; shift
trap '' INT TERM HUP
start() { "$@" </dev/null >>"$dir/log" 2>&1 & server=$!; }
start "$@"
while read -r _; do
	kill -INT "$server"
	wait "$server"
	start "$@"
done
kill -QUIT "$server" 2>/dev/null
wait "$server"
cd /; rm -rf "$dir"`

func runLocal(ctx context.Context, postgres, dir, data string, who *rung.User) (*Server, error) {
	args := append([]string{"-c", supervise, "pgtest", dir, postgres, "-D", data, "-k", dir, "-c", "listen_addresses="}, rung.Settings()...)
	cmd := exec.Command("sh", args...)
	cmd.Dir = dir
	who.Apply(cmd)
	life, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	stop := func() error {
		err := life.Close()
		return errors.Join(err, cmd.Wait())
	}
	dsn := "postgresql://postgres@/postgres?" + url.Values{"host": {dir}, "port": {"5432"}, "sslmode": {"disable"}}.Encode()
	version, err := wait(ctx, dsn)
	if err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		return nil, errors.Join(fmt.Errorf("%w: %s", err, rung.OneLine(string(log))), stop())
	}
	restart := func() error {
		_, err := life.Write([]byte("restart\n"))
		return err
	}
	return &Server{DSN: dsn, Version: version, stop: stop, restart: restart}, nil
}

const oldest = 13

// findBinaries returns the folder of the newest PostgreSQL on this machine.
func findBinaries() (string, error) {
	var dirs []string
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/opt/homebrew/bin",
		"/usr/local/opt/postgresql@*/bin", "/usr/local/pgsql/bin", "/Applications/Postgres.app/Contents/Versions/*/bin",
	} {
		found, _ := filepath.Glob(pattern)
		dirs = append(dirs, found...)
	}
	best, version := "", 0
	for _, d := range dirs {
		if v := majorVersion(d); v > version {
			best, version = d, v
		}
	}
	switch {
	case best == "":
		return "", errors.New("no initdb and postgres in PATH or the usual folders")
	case version < oldest:
		return "", fmt.Errorf("PostgreSQL %d in %s is older than %d", version, best, oldest)
	}
	return best, nil
}

// majorVersion returns the version of the binaries in a folder, 0 when they are not all there.
func majorVersion(dir string) int {
	for _, name := range []string{"initdb", "postgres"} {
		if _, err := exec.LookPath(filepath.Join(dir, name)); err != nil {
			return 0
		}
	}
	out, err := exec.Command(filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return 0
	}
	words := strings.Fields(string(out))
	i := slices.IndexFunc(words, func(w string) bool { return w[0] >= '0' && w[0] <= '9' })
	if i < 0 {
		return 0
	}
	major, _, _ := strings.Cut(words[i], ".")
	n, _ := strconv.Atoi(strings.TrimRight(major, "abcdefghijklmnopqrstuvwxyz"))
	return n
}
