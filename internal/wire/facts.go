package wire

import (
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"
)

// Facts are what the server has said about statements and types, for all connections of an engine. The zero value knows
// nothing yet. Facts may be used by any number of goroutines.
type Facts struct {
	mu         sync.RWMutex
	statements map[string]*facts
	types      map[uint32]typeFact
	generation atomic.Uint32 // grows when the server says that its types have changed
}

// facts are the types of a statement's parameters and columns.
type facts struct {
	params []uint32
	fields []pgconn.FieldDescription
}

// maxFacts is how many statements are known; a program that makes ever new ones starts afresh.
const maxFacts = 4096

func (f *Facts) of(sql string) *facts {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.statements[sql]
}

func (f *Facts) put(sql string, d *pgconn.StatementDescription) *facts {
	known := &facts{params: d.ParamOIDs, fields: d.Fields}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.statements == nil || len(f.statements) >= maxFacts {
		f.statements = map[string]*facts{}
	}
	f.statements[sql] = known
	return known
}

func (f *Facts) forget(sql string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.statements, sql)
}

// changed forgets everything, and has every connection prepare its statements anew.
func (f *Facts) changed() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.statements, f.types = nil, nil
	f.generation.Add(1)
}

func (f *Facts) typeOf(oid uint32) (typeFact, bool) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	t, ok := f.types[oid]
	return t, ok
}

func (f *Facts) putType(oid uint32, t typeFact) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.types == nil {
		f.types = map[uint32]typeFact{}
	}
	f.types[oid] = t
}
