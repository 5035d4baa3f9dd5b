// Package docker lets pgtest run PostgreSQL in a container, through dockertest. Import it for that only:
//
//	import _ "github.com/cupel-go/cupel/integration/pgtest/docker"
//
// It is apart from pgtest since it puts some thirty modules into the go.mod of who imports it.
package docker

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/ory/dockertest/v3"
	"github.com/ory/dockertest/v3/docker"

	"github.com/cupel-go/cupel/integration/pgtest/internal/rung"
)

func init() { rung.Register("docker", start) }

// label marks our containers, with the process that started them.
const label = "io.github.cupel-go.pgtest"

// lifetime is how long a container may live, in seconds, whatever becomes of the process that started it.
const lifetime = 3600

// start runs a container of the official image, or of one with the same entry point and variables.
func start(ctx context.Context, r rung.Request) (rung.Running, error) {
	pool, err := dockertest.NewPool("")
	if err != nil {
		return rung.Running{}, err
	}
	if err := pool.Client.PingWithContext(ctx); err != nil {
		return rung.Running{}, fmt.Errorf("the Docker engine does not answer: %w", err)
	}
	sweep(pool)
	const password = "pgtest"
	name, tag := imageTag(r.Image)
	res, err := pool.RunWithOptions(&dockertest.RunOptions{
		Repository: name, Tag: tag,
		Env:        []string{"POSTGRES_USER=postgres", "POSTGRES_PASSWORD=" + password, "POSTGRES_DB=postgres"},
		Labels:     map[string]string{label: owner()},
		Entrypoint: []string{"timeout", "--kill-after=5", strconv.Itoa(lifetime), "docker-entrypoint.sh"},
		Cmd:        append([]string{"postgres"}, rung.Settings()...),
	}, func(c *docker.HostConfig) {
		c.AutoRemove = true
		c.ShmSize = 256 << 20
	})
	if err != nil {
		return rung.Running{}, fmt.Errorf("image %s: %w", r.Image, err)
	}
	dsn := url.URL{
		Scheme: "postgresql", User: url.UserPassword("postgres", password), Host: res.GetHostPort("5432/tcp"),
		Path: "/postgres", RawQuery: "sslmode=disable",
	}
	stop := func() error {
		return pool.Client.RemoveContainer(docker.RemoveContainerOptions{ID: res.Container.ID, Force: true, RemoveVolumes: true})
	}
	return rung.Running{DSN: dsn.String(), Stop: stop}, nil
}

// imageTag splits "registry:5000/postgres:17" at its tag.
func imageTag(image string) (name, tag string) {
	if i := strings.LastIndexByte(image, ':'); i > strings.LastIndexByte(image, '/') {
		return image[:i], image[i+1:]
	}
	return image, "latest"
}

func owner() string {
	host, _ := os.Hostname()
	return fmt.Sprintf("%s/%d", host, os.Getpid())
}

// sweep removes containers whose process on this machine is gone: a killed test could not.
func sweep(pool *dockertest.Pool) {
	found, err := pool.Client.ListContainers(docker.ListContainersOptions{
		All: true, Filters: map[string][]string{"label": {label}},
	})
	if err != nil {
		return
	}
	host, _ := os.Hostname()
	for _, c := range found {
		machine, pid, _ := strings.Cut(c.Labels[label], "/")
		if n, err := strconv.Atoi(pid); err == nil && machine == host && !rung.Alive(n) {
			_ = pool.Client.RemoveContainer(docker.RemoveContainerOptions{ID: c.ID, Force: true, RemoveVolumes: true})
		}
	}
}
