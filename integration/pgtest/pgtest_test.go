package pgtest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgtest"
)

// TestMain is also the program that some tests start as a process of its own.
func TestMain(m *testing.M) {
	if rung := os.Getenv("PGTEST_CHILD"); rung != "" {
		os.Exit(child(rung))
	}
	os.Exit(pgtest.Main(m))
}

// child starts a server, prints its DSN, and ends when its standard input does.
func child(rung string) int {
	srv, err := pgtest.Start(context.Background(), pgtest.Options{Rung: pgtest.Rung(rung)})
	if err != nil {
		fmt.Println("error:", err)
		return 1
	}
	fmt.Println(srv.DSN)
	_, _ = io.Copy(io.Discard, os.Stdin)
	if err := srv.Stop(); err != nil {
		fmt.Println("error:", err)
		return 1
	}
	return 0
}

// rungs are those that this run is to exercise: CUPEL_PGTEST_RUNGS, by default those that need nothing but PostgreSQL's
// binaries. One that is named and does not work is a failure.
func rungs() []string {
	if list := os.Getenv("CUPEL_PGTEST_RUNGS"); list != "" {
		return strings.Split(list, ",")
	}
	return []string{"dsn", "local"}
}

func TestRungs(t *testing.T) {
	test := map[string]func(*testing.T){"dsn": testDSN, "local": testLocal, "docker": testDocker, "embedded": testEmbedded}
	for _, r := range rungs() {
		if test[r] == nil {
			t.Fatalf("CUPEL_PGTEST_RUNGS names %q, which is no rung", r)
		}
		t.Run(r, test[r])
	}
}

func testLocal(t *testing.T) {
	checkServer(t, start(t, pgtest.Options{Rung: pgtest.Local}), "by local")
}

func testDocker(t *testing.T) {
	checkServer(t, start(t, pgtest.Options{Rung: pgtest.Docker}), "by docker")
}

func testDSN(t *testing.T) {
	behind := start(t, pgtest.Options{Rung: pgtest.Local})
	checkServer(t, start(t, pgtest.Options{Rung: pgtest.DSN, DSN: behind.srv.DSN}), "by dsn")
}

type started struct {
	srv *pgtest.Server
	log string
}

func start(t *testing.T, o pgtest.Options) started {
	t.Helper()
	var log bytes.Buffer
	o.Log = &log
	srv, err := pgtest.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := srv.Stop(); err != nil {
			t.Error(err)
		}
	})
	return started{srv, log.String()}
}

func checkServer(t *testing.T, s started, said string) {
	t.Helper()
	if !strings.Contains(s.log, said) || strings.Count(s.log, "\n") != 1 {
		t.Errorf("it said %q, want one line with %q", s.log, said)
	}
	ctx := t.Context()
	for _, name := range []string{"one", `odd "name" ?`} {
		dsn, err := s.srv.CreateDatabase(ctx, name, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := currentDatabase(t, dsn); got != name {
			t.Errorf("connected to %q, want %q", got, name)
		}
		if err := s.srv.DropDatabase(ctx, name); err != nil {
			t.Error(err)
		}
	}
}

func currentDatabase(t *testing.T, dsn string) (name string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), "SELECT current_database()").Scan(&name); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestDatabasesAreApart(t *testing.T) {
	t.Parallel()
	build := func(dsn string) error { return execAll(dsn, "CREATE TABLE t (x int)", "INSERT INTO t VALUES (1)") }
	one, two := pgtest.Clone(t, "apart", build), pgtest.Clone(t, "apart", build)
	if one == two {
		t.Fatal("two clones are one database")
	}
	if err := execAll(one, "INSERT INTO t VALUES (2)"); err != nil {
		t.Fatal(err)
	}
	if err := execAll(two, "CREATE UNIQUE INDEX ON t ((true))"); err != nil {
		t.Errorf("the second clone sees the first one's row: %v", err)
	}
	if err := execAll(pgtest.Database(t), "SELECT * FROM t"); err == nil {
		t.Error("an empty database has a table")
	}
}

func execAll(dsn string, statements ...string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func TestNoServerSaysHowToGetOne(t *testing.T) {
	_, err := pgtest.Start(t.Context(), pgtest.Options{Rung: pgtest.DSN, DSN: "postgresql://u:secret@127.0.0.1:1/d"})
	if !errors.Is(err, pgtest.ErrNoServer) {
		t.Fatalf("got %v, want ErrNoServer", err)
	}
	for _, want := range []string{"CUPEL_DSN", "apt-get", "Docker", "embedded-postgres"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not tell of %s", err, want)
		}
	}
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("the password is in %q", err)
	}
	if _, err := pgtest.Start(t.Context(), pgtest.Options{Rung: "nonsense"}); !errors.Is(err, pgtest.ErrNoServer) {
		t.Errorf("a rung that is none gives %v", err)
	}
}

// TestKilled kills a process that started a server, and waits for the server to be gone.
func TestKilled(t *testing.T) {
	for _, rung := range rungs() {
		if !slices.Contains([]string{"local", "embedded"}, rung) {
			continue // a given server is not ours; a container's end is tested by TestSweep
		}
		t.Run(rung, func(t *testing.T) {
			c := startChild(t, rung)
			if err := c.cmd.Process.Signal(syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			_ = c.cmd.Wait()
			waitGone(t, c.dsn)
		})
	}
}

// TestSweep kills a process that started a container: the next start removes it.
func TestSweep(t *testing.T) {
	if !slices.Contains(rungs(), "docker") {
		return // this run is not to use Docker
	}
	c := startChild(t, "docker")
	if err := c.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = c.cmd.Wait()
	start(t, pgtest.Options{Rung: pgtest.Docker})
	waitGone(t, c.dsn)
}

func waitGone(t *testing.T, dsn string) {
	t.Helper()
	for range 100 {
		if err := execAll(dsn, "SELECT 1"); err != nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("the server outlives the process that started it")
}

type process struct {
	cmd *exec.Cmd
	dsn string
}

// startChild runs child as a process, as a user who may run PostgreSQL.
func startChild(t *testing.T, rung string, env ...string) process {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), "PGTEST_CHILD="+rung), env...)
	if rung == "embedded" {
		cmd = unprivilegedCommand(t, cmd)
	}
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	line := make([]byte, 4096)
	n, err := out.Read(line)
	text := strings.TrimSpace(string(line[:n]))
	if err != nil || !strings.HasPrefix(text, "postgres") {
		t.Fatalf("the child says %q, %v", text, err)
	}
	return process{cmd, text}
}

// unprivilegedCommand makes cmd run as nobody, with a home of its own, when the test runs as root.
func unprivilegedCommand(t *testing.T, cmd *exec.Cmd) *exec.Cmd {
	t.Helper()
	home, err := os.MkdirTemp("", "cupel-home-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	cmd.Env = append(cmd.Env, "HOME="+home, "TMPDIR="+home, "CUPEL_PG_REPOSITORY="+repository(t), "CUPEL_PG_VERSION=15.0.0")
	cmd.Dir = home
	if os.Geteuid() != 0 {
		return cmd
	}
	const nobody = 65534
	if err := os.Chown(home, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(home, "child")
	if err := copyFile(program, os.Args[0]); err != nil {
		t.Fatal(err)
	}
	cmd.Path = program
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	return cmd
}

func copyFile(to, from string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o755)
}

func testEmbedded(t *testing.T) {
	c := startChild(t, "embedded")
	if got := currentDatabase(t, c.dsn); got != "postgres" {
		t.Errorf("connected to %q", got)
	}
}

// repository serves the binaries of this machine in the layout that embedded-postgres downloads.
func repository(t *testing.T) string {
	t.Helper()
	jar := packBinaries(t)
	sum := sha256.Sum256(jar)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, ".jar.sha256"):
			fmt.Fprint(w, hex.EncodeToString(sum[:]))
		case strings.HasSuffix(r.URL.Path, ".jar") && strings.Contains(r.URL.Path, "/io/zonky/test/postgres/"+"embedded-postgres-binaries-"+runtime.GOOS):
			_, _ = w.Write(jar)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

// packBinaries packs the folder of PostgreSQL's binaries as a .txz inside a zip.
func packBinaries(t *testing.T) []byte {
	t.Helper()
	initdb, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(initdb) == 0 {
		t.Fatalf("no PostgreSQL in /usr/lib/postgresql to pack: %v", err)
	}
	root := filepath.Dir(filepath.Dir(initdb[len(initdb)-1]))
	txz, err := packed("tar", "-C", root, "-cJf", "-", "bin", "lib")
	if err != nil {
		t.Fatalf("tar: %v", err)
	}
	var jar bytes.Buffer
	z := zip.NewWriter(&jar)
	w, err := z.Create("postgres-linux-x86_64.txz")
	if err == nil {
		_, err = w.Write(txz)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return jar.Bytes()
}

// packed runs tar with the fastest setting of xz: the archive is read once.
func packed(name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "XZ_OPT=-0")
	return cmd.Output()
}
