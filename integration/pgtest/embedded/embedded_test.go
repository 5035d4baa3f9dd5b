package embedded_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/cupel-go/cupel/integration/pgtest"
	_ "github.com/cupel-go/cupel/integration/pgtest/embedded"
	"github.com/cupel-go/cupel/integration/pgtest/internal/rungtest"
)

func TestMain(m *testing.M) { os.Exit(rungtest.Main(m)) }

func TestEmbedded(t *testing.T) {
	if !rungtest.Wanted(pgtest.Embedded) {
		t.Skip("CUPEL_PGTEST_RUNGS does not name embedded")
	}
	url := repository(t)
	t.Run("server", func(t *testing.T) {
		c := rungtest.StartChild(t, pgtest.Embedded, unprivileged(t, url))
		if got := rungtest.CurrentDatabase(t, c.DSN); got != "postgres" {
			t.Errorf("connected to %q", got)
		}
	})
	t.Run("killed", func(t *testing.T) {
		c := rungtest.StartChild(t, pgtest.Embedded, unprivileged(t, url))
		c.Kill(t)
		c.WaitGone(t)
	})
}

// unprivileged has a command run with a home of its own, as nobody when the test runs as root.
func unprivileged(t *testing.T, repository string) func(*exec.Cmd) {
	t.Helper()
	home, err := os.MkdirTemp("", "cupel-home-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	root := os.Geteuid() == 0
	const nobody = 65534
	program := filepath.Join(home, "child")
	if root {
		if err := errors.Join(os.Chown(home, nobody, nobody), copyFile(program, os.Args[0])); err != nil {
			t.Fatal(err)
		}
	}
	return func(cmd *exec.Cmd) {
		cmd.Env = append(cmd.Env, "HOME="+home, "TMPDIR="+home, "CUPEL_PG_REPOSITORY="+repository, "CUPEL_PG_VERSION=15.0.0")
		cmd.Dir = home
		if root {
			cmd.Path = program
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		}
	}
}

func copyFile(to, from string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o755)
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
