package model_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// TestVerifyOwn: what CreateAll makes is as it is mapped, for whoever asks.
func TestVerifyOwn(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	h, w := mapCouple()
	owner := model.Map("owner", func(t *owners) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.InSchema("My App"), model.Ignore("Items")}
	})
	s := model.MustSchema(mapEverything(), h, w, owner)
	dsn := pgtest.Database(t)
	eng, err := session.Open(ctx, dsn, s, session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	differs(t, "nothing there", s.Verify(ctx, eng), "everything: the database has no such table in its search_path", "wife", "husband",
		"My App.owner: the database has no such table")
	ok(t, eng.ExecAll(ctx, []string{`CREATE SCHEMA "My App"`, "CREATE TABLE owner ()"}))
	ok(t, s.CreateAll(ctx, eng))
	conn, err := pgx.Connect(ctx, dsn)
	ok(t, err)
	defer func() { ok(t, conn.Close(ctx)) }()
	sess := eng.Session()
	defer func() { ok(t, sess.Close(ctx)) }()
	for name, db := range map[string]model.Runner{"engine": eng, "session": sess, "connection": session.Wrap(conn)} {
		differs(t, name, s.Verify(ctx, db))
	}
	if _, err := conn.Exec(ctx, `CREATE SCHEMA nearer; CREATE TABLE nearer.wife (id bigint); SET search_path = nearer, public`); err != nil {
		t.Fatal(err)
	}
	differs(t, "another search_path", s.Verify(ctx, session.Wrap(conn)), "wife: column id: may be NULL", "wife: column id: has no identity",
		"wife: column husband_id", "wife: PrimaryKey (id)")
	differs(t, "nothing mapped", model.MustSchema().Verify(ctx, nil))
	ok(t, conn.Close(ctx))
	if err := s.Verify(ctx, session.Wrap(conn)); err == nil || !strings.HasPrefix(err.Error(), "model: verify: ") || errors.As(err, new(*model.VerifyError)) {
		t.Errorf("without a connection: error is %v", err)
	}
}

// TestVerifyComputed: what Verify asks for is enough for a column that the database computes.
func TestVerifyComputed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	table := mapVerified(func(t *verified) model.Spec {
		return model.Spec{model.ServerDefault(t.Total, "0"), model.ZeroIsUnset(t.Total), model.Type("text", t.Mood)}
	})
	s := model.MustSchema(table)
	eng := open(t, s)
	ok(t, eng.ExecAll(ctx, []string{withColumns("total bigint NOT NULL GENERATED ALWAYS AS (size * 2) STORED", "mood text NOT NULL")}))
	differs(t, "computed", s.Verify(ctx, eng))
	sess := eng.Session()
	defer func() { ok(t, sess.Close(ctx)) }()
	one, two := &Verified{Size: 2, Price: "1", Tags: []string{}}, &Verified{Size: 3, Price: "1", Tags: []string{}}
	sess.Add(one, two)
	ok(t, sess.Commit(ctx))
	if one.Total != 4 || two.Total != 6 {
		t.Errorf("the totals are %d and %d", one.Total, two.Total)
	}
	one.Name = "changed"
	ok(t, sess.Commit(ctx))
}
