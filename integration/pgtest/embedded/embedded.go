// Package embedded lets pgtest download PostgreSQL's binaries, once, and run them, through embedded-postgres. Import it
// for that only:
//
//	import _ "github.com/cupel-go/cupel/integration/pgtest/embedded"
package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"

	embeddedpostgres "github.com/fergusstrange/embedded-postgres"

	"github.com/cupel-go/cupel/integration/pgtest/internal/rung"
)

func init() { rung.Register("embedded", start) }

// start downloads PostgreSQL's binaries, once, and makes a throw-away cluster with them.
func start(_ context.Context, r rung.Request) (rung.Running, error) {
	if os.Geteuid() == 0 {
		return rung.Running{}, errors.New("PostgreSQL does not run as root; run as another user")
	}
	dir, err := os.MkdirTemp("", "cupel-pg-")
	if err != nil {
		return rung.Running{}, err
	}
	port, err := freePort()
	if err != nil {
		return rung.Running{}, errors.Join(err, os.RemoveAll(dir))
	}
	life, err := watch(dir)
	if err != nil {
		return rung.Running{}, errors.Join(err, os.RemoveAll(dir))
	}
	var log bytes.Buffer
	config := configOf(r, dir, port).Logger(&log)
	fmt.Fprintln(r.Log, "pgtest: starting embedded PostgreSQL; the first time, its binaries are downloaded")
	pg := embeddedpostgres.NewDatabase(config)
	if err := pg.Start(); err != nil {
		return rung.Running{}, errors.Join(fmt.Errorf("%w: %s", err, rung.OneLine(log.String())), life())
	}
	stop := func() error { return errors.Join(pg.Stop(), life()) }
	return rung.Running{DSN: config.GetConnectionURL() + "?sslmode=disable", Stop: stop}, nil
}

func configOf(r rung.Request, dir string, port uint32) embeddedpostgres.Config {
	config := embeddedpostgres.DefaultConfig().Port(port).
		RuntimePath(filepath.Join(dir, "run")).DataPath(filepath.Join(dir, "data")).
		StartParameters(map[string]string{
			"fsync": "off", "max_connections": "200", "timezone": "UTC", "unix_socket_directories": dir,
		}).
		StartTimeout(r.Timeout)
	if r.Version != "" {
		config = config.Version(embeddedpostgres.PostgresVersion(r.Version))
	}
	if r.Repository != "" {
		config = config.BinaryRepositoryURL(r.Repository)
	}
	return config
}

func freePort() (uint32, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	addr, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return 0, errors.New("no free TCP port")
	}
	return uint32(addr.Port), nil
}

// watching ends the server of a folder, which runs by itself, when its own standard input ends; see supervise in pgtest.
const watching = `dir=$1
trap '' INT TERM HUP
read -r _
[ -f "$dir/data/postmaster.pid" ] && kill -QUIT "$(head -n 1 "$dir/data/postmaster.pid")" 2>/dev/null
i=0
while [ -f "$dir/data/postmaster.pid" ] && [ "$i" -lt 50 ]; do sleep 0.1; i=$((i+1)); done
cd /; rm -rf "$dir"`

// watch starts the watching of a folder and returns the function that ends it.
func watch(dir string) (func() error, error) {
	cmd := exec.Command("sh", "-c", watching, "pgtest", dir)
	new(rung.User).Apply(cmd)
	life, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return func() error { return errors.Join(life.Close(), cmd.Wait()) }, nil
}
