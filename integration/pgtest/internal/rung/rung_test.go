package rung_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/cupel-go/cupel/integration/pgtest/internal/rung"
)

func TestRegisterKeepsTheFirst(t *testing.T) {
	if rung.Registered("test") != nil {
		t.Fatal("a rung that nobody registered is there")
	}
	first := errors.New("first")
	rung.Register("test", fails(first))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			rung.Register("test", fails(errors.New("second")))
			if _, err := rung.Registered("test")(t.Context(), rung.Request{}); !errors.Is(err, first) {
				t.Errorf("it is %v that is registered", err)
			}
		})
	}
	all.Wait()
}

func fails(err error) rung.Start {
	return func(context.Context, rung.Request) (rung.Running, error) { return rung.Running{}, err }
}
