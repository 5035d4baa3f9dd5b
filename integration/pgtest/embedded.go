package pgtest

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
)

// startEmbedded downloads PostgreSQL's binaries, once, and makes a throw-away cluster with them.
func startEmbedded(ctx context.Context, o Options) (*Server, error) {
	if os.Geteuid() == 0 {
		return nil, errors.New("PostgreSQL does not run as root; run as another user")
	}
	dir, err := os.MkdirTemp("", "cupel-pg-")
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	var log bytes.Buffer
	config := embeddedConfig(o, dir, port).Logger(&log)
	life, err := watch(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	fmt.Fprintln(o.Log, "pgtest: starting embedded PostgreSQL; the first time, its binaries are downloaded")
	pg := embeddedpostgres.NewDatabase(config)
	if err := pg.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s", err, oneLine(log.String())), life())
	}
	dsn := config.GetConnectionURL() + "?sslmode=disable"
	stop := func() error { return errors.Join(pg.Stop(), life()) }
	version, err := wait(ctx, dsn)
	if err != nil {
		return nil, errors.Join(err, stop())
	}
	return &Server{DSN: dsn, Version: version, stop: stop}, nil
}

func embeddedConfig(o Options, dir string, port uint32) embeddedpostgres.Config {
	config := embeddedpostgres.DefaultConfig().Port(port).
		RuntimePath(filepath.Join(dir, "run")).DataPath(filepath.Join(dir, "data")).
		StartParameters(map[string]string{
			"fsync": "off", "max_connections": "200", "timezone": "UTC", "unix_socket_directories": dir,
		}).
		StartTimeout(o.Timeout)
	if o.Version != "" {
		config = config.Version(embeddedpostgres.PostgresVersion(o.Version))
	}
	if o.Repository != "" {
		config = config.BinaryRepositoryURL(o.Repository)
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

// watching ends the server of a folder, which runs by itself, when its own standard input ends; see supervise.
const watching = `dir=$1
trap '' INT TERM HUP
read -r _
[ -f "$dir/data/postmaster.pid" ] && kill -QUIT "$(head -n 1 "$dir/data/postmaster.pid")" 2>/dev/null
i=0
while [ -f "$dir/data/postmaster.pid" ] && [ "$i" -lt 50 ]; do sleep 0.1; i=$((i+1)); done
cd /; rm -rf "$dir"`

// watch starts the watching of a folder and gives the function that ends it.
func watch(dir string) (func() error, error) {
	cmd := exec.Command("sh", "-c", watching, "pgtest", dir)
	(&runner{}).apply(cmd)
	life, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return func() error { return errors.Join(life.Close(), cmd.Wait()) }, nil
}
