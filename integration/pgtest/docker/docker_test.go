package docker_test

import (
	"os"
	"testing"

	"github.com/cupel-go/cupel/integration/pgtest"
	_ "github.com/cupel-go/cupel/integration/pgtest/docker"
	"github.com/cupel-go/cupel/integration/pgtest/internal/rungtest"
)

func TestMain(m *testing.M) { os.Exit(rungtest.Main(m)) }

func TestDocker(t *testing.T) {
	if !rungtest.Wanted(pgtest.Docker) {
		t.Skip("CUPEL_PGTEST_RUNGS does not name docker")
	}
	t.Run("server", func(t *testing.T) { rungtest.Check(t, pgtest.Options{Rung: pgtest.Docker}) })
	t.Run("killed: the next start removes the container", func(t *testing.T) {
		c := rungtest.StartChild(t, pgtest.Docker, nil)
		c.Kill(t)
		rungtest.Start(t, pgtest.Options{Rung: pgtest.Docker})
		c.WaitGone(t)
	})
}
