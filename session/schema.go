package session

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/wire"
)

// In returns the engine with another home for tables: those whose mapping names no schema are in this one, for programs that have a
// schema for each tenant. Tables that are shared name theirs, with model.InSchema.
//
//	tenant := eng.In("tenant_7")
//	err := shop.Schema.CreateAll(ctx, tenant)
//	cs, err := query.Select(shop.Customers).All(ctx, tenant)   // SELECT … FROM tenant_7.customer
//	s := eng.SessionWith(session.TxOptions{Schema: "tenant_7"}) // the same as tenant.Session()
//
// Statements are written with the schema, so that each tenant's are statements of their own, to Cupel and to the server: a
// prepared one never meets another tenant's tables. Every transaction also has the schema first in its search_path, for what the server looks for:
// SQL text, triggers, functions, types. So on such an engine a statement that does more than reading mapped columns begins a transaction, sets
// the path, and commits, in two trips; a statement that PostgreSQL lets run in no transaction is an error there. A schema that does not
// exist is an error of the server. Reads without a transaction have the server's own path, so extensions with operators of their own, such as citext, belong in it. The statement's methods SQL and String, squirrel and [Wrap] know of no schema.
//
// The pool is that of the engine, and so is all that is known of statements; Close closes both. "" is the server's own search_path. An engine is made in no
// time and holds nothing, so a program makes it where it knows the tenant. What is known of statements, by the engine and by each
// connection, is limited (4096 texts, 512 prepared statements); many tenants in one process have them made anew at times.
func (e *Engine) In(schema string) *Engine {
	tenant := *e
	tenant.in = schema
	return &tenant
}

// terms returns the terms of sessions that say no others.
func (e *Engine) terms() terms { return e.core.terms.in(e.in) }

// in returns the terms with a schema.
func (t terms) in(schema string) terms {
	if schema != "" {
		t.schema, t.plain = schema, false
	}
	return t
}

// enter returns the statement that has a transaction look in a schema first, which must exist. suffix tells it from others on the connection.
func enter(schema, suffix string) wire.Stmt {
	return wire.Stmt{Moves: true, SQL: enterSQL + suffix + enterPath, Args: []any{pgx.Identifier{schema}.Sanitize()}}
}

const (
	leaveSQL  = "SELECT pg_catalog.set_config('search_path', pg_catalog.current_setting('cupel.path"
	enterSQL  = "SELECT pg_catalog.set_config('cupel.path"
	enterPath = "', s.path, true), pg_catalog.set_config('search_path', " +
		"pg_catalog.concat_ws(', ', $1::text::pg_catalog.regnamespace::text, nullif(s.path, '')), true) " +
		"FROM (SELECT pg_catalog.current_setting('search_path') AS path OFFSET 0) s"
)

// exitSQL has what is around such a transaction look where it did before.
func exitSQL(suffix string) string {
	return leaveSQL + suffix + "'), true)"
}

// Schema returns the schema of tables whose mapping names none.
func (t *transaction) Schema() string { return t.terms.schema }

// within reports whether the statements must be in a transaction that is open.
func (o *outsideRunner) within() bool { return o.session != nil || o.tx.terms.schema != "" }

// runWithin runs a statement in a transaction of its own that looks in the engine's schema.
func (e *Engine) runWithin(ctx context.Context, req *run.Request) error {
	return outside(ctx, e, ast.Written{}, func(o *outsideRunner) error {
		x := e.core.execution(req)
		err := o.tx.Send(ctx, x.Alone[0])
		if x.done(req); err != nil {
			return explainStatement(err)
		}
		return o.write(ctx, &plan.Plan{})
	})
}
