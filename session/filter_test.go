package session_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// A mapping with filters: folders whose rows stay when they are deleted, of a tenant, in a tree, with files.
type (
	Folder struct {
		ID       int64
		Name     string
		Tenant   int64
		ParentID *int64
		Gone     *time.Time
		Files    model.Many[File]
		Children model.Many[Folder]
		Parent   model.One[Folder]
	}
	File struct {
		ID       int64
		Name     string
		FolderID *int64
		Hidden   bool
		Folder   model.One[Folder]
	}
	folderTable struct {
		model.Table[Folder]
		ID       expr.Int
		Name     expr.Text
		Tenant   expr.Int
		ParentID expr.NullInt
		Gone     expr.NullTime
		Files    model.ToMany[Folder, File]
		Children model.ToMany[Folder, Folder]
		Parent   model.ToOne[Folder, Folder]
	}
	fileTable struct {
		model.Table[File]
		ID       expr.Int
		Name     expr.Text
		FolderID expr.NullInt
		Hidden   expr.Bool
		Folder   model.ToOne[File, Folder]
	}
)

var (
	folders = model.Map("folder", func(t *folderTable) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.ParentID, t.ID),
			model.Filter(t.Gone.IsNull()), model.Filter(expr.Or(t.Tenant.Eq(1), t.Tenant.Eq(2))),
		}
	})
	files = model.Map("file", func(t *fileTable) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.FolderID, folders.ID), model.Filter(t.Hidden.Not())}
	})
	filterSchema = model.MustSchema(folders, files)
)

// filterWorld has a tree of folders: 1 of tenant 1 with 2 (gone) and 3 in it, 4 of tenant 3; files 1 (of folder 1), 2 (hidden, of
// 1), 3 (of 2) and 4 (of none).
func filterWorld(t *testing.T) (*session.Engine, *recorder) {
	t.Helper()
	rec := &recorder{}
	eng, err := session.Open(context.Background(), pgtest.Database(t), filterSchema, session.Options{Logger: slog.New(rec)})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, filterSchema.CreateAll(ctx, eng))
	s := begin(t, eng)
	gone := time.Now()
	s.Add(&Folder{ID: 1, Name: "a", Tenant: 1}, &Folder{ID: 2, Name: "b", Tenant: 1, ParentID: ptr(int64(1)), Gone: &gone},
		&Folder{ID: 3, Name: "c", Tenant: 2, ParentID: ptr(int64(1))}, &Folder{ID: 4, Name: "d", Tenant: 3},
		&File{ID: 1, Name: "f", FolderID: ptr(int64(1))}, &File{ID: 2, Name: "g", FolderID: ptr(int64(1)), Hidden: true},
		&File{ID: 3, Name: "h", FolderID: ptr(int64(2))}, &File{ID: 4, Name: "i"})
	ok(t, s.Commit(ctx))
	rec.take()
	return eng, rec
}

// TestFilter: whichever way a query comes to a table, it reads the rows that the mapping's filters let through, and
// Unfiltered all.
func TestFilter(t *testing.T) {
	t.Parallel()
	eng, _ := filterWorld(t)
	d, f := folders, files
	up, other := model.Alias(folders, "up"), model.Alias(files, "other")
	const live = "folder.gone IS NULL AND (folder.tenant = $1 OR folder.tenant = $2)"
	const wrapped = "(SELECT * FROM folder WHERE " + live + ") AS folder"
	byID := query.WithOf("kept", d, query.Select(d))
	for name, c := range map[string]struct {
		q    query.Query[int64]
		want string
		ids  []int64
	}{
		"alone": {query.Select(d.ID), "SELECT folder.id FROM folder WHERE " + live, []int64{1, 3}},
		"and a condition": {
			query.Select(d.ID).Filter(expr.Or(d.ID.Eq(2), d.ID.Eq(3))),
			"SELECT folder.id FROM folder WHERE (folder.id = $1 OR folder.id = $2) AND folder.gone IS NULL AND (folder.tenant = $3 OR folder.tenant = $4)",
			[]int64{3},
		},
		"unfiltered": {query.Select(d.ID).Unfiltered(), "SELECT folder.id FROM folder", []int64{1, 2, 3, 4}},
		"another name": {
			query.Select(up.ID), "SELECT up.id FROM folder AS up WHERE up.gone IS NULL AND (up.tenant = $1 OR up.tenant = $2)", []int64{1, 3},
		},
		"another unfiltered": {query.Select(d.ID).Unfiltered(f), "SELECT folder.id FROM folder WHERE " + live, []int64{1, 3}},
		"a join": {
			query.Select(f.ID).Join(d),
			"SELECT file.id FROM file JOIN folder ON folder.id = file.folder_id AND " + live + " WHERE NOT file.hidden",
			[]int64{1},
		},
		"one of two": {
			query.Select(f.ID).Join(d).Unfiltered(d),
			"SELECT file.id FROM file JOIN folder ON folder.id = file.folder_id WHERE NOT file.hidden",
			[]int64{1, 3},
		},
		"a left join": {
			query.Select(f.ID).LeftJoin(d).Filter(d.ID.IsNull()),
			"SELECT file.id FROM file LEFT OUTER JOIN folder ON folder.id = file.folder_id AND " + live +
				" WHERE folder.id IS NULL AND NOT file.hidden",
			[]int64{3, 4},
		},
		"a right join": {
			query.Select(f.ID).RightJoin(f, d.ID.EqExpr(f.FolderID)).From(d),
			"SELECT file.id FROM " + wrapped + " RIGHT OUTER JOIN (SELECT * FROM file WHERE NOT file.hidden) AS file ON folder.id = file.folder_id",
			[]int64{1, 3, 4},
		},
		"a join on OR": {
			query.Select(f.ID).Join(d, expr.Or(d.ID.EqExpr(f.FolderID), d.ID.Eq(3))).Unfiltered(f).Distinct(),
			"SELECT DISTINCT file.id FROM file JOIN folder ON (folder.id = file.folder_id OR folder.id = $1) AND folder.gone IS NULL AND " +
				"(folder.tenant = $2 OR folder.tenant = $3)",
			[]int64{1, 2, 3, 4},
		},
		"in parentheses": {
			query.Select(f.ID).LeftJoin(query.Nested(d).Join(other, d.ID.EqExpr(other.FolderID)), d.ID.EqExpr(f.FolderID)).Filter(other.ID.IsNotNull()),
			"SELECT file.id FROM (SELECT * FROM file WHERE NOT file.hidden) AS file LEFT OUTER JOIN (" + wrapped +
				" JOIN (SELECT * FROM file AS other WHERE NOT other.hidden) AS other ON folder.id = other.folder_id) " +
				"ON folder.id = file.folder_id WHERE other.id IS NOT NULL",
			[]int64{1},
		},
		"crossed": {
			query.Select(f.ID).CrossJoin(d).Filter(d.ID.Eq(1)).Unfiltered(f),
			"SELECT file.id FROM file CROSS JOIN folder WHERE folder.id = $1 AND folder.gone IS NULL AND (folder.tenant = $2 OR folder.tenant = $3)",
			[]int64{1, 2, 3, 4},
		},
		"a subquery": {
			query.Select(f.ID).Filter(expr.Exists(query.From(d).Filter(d.ID.EqExpr(f.FolderID)))).Unfiltered(),
			"SELECT file.id FROM file WHERE EXISTS (SELECT 1 FROM folder WHERE folder.id = file.folder_id AND " + live + ")",
			[]int64{1, 2},
		},
		"a relationship": {
			query.Select(d.ID).Filter(d.Children.Any(), d.Files.None(f.Name.Eq("g"))),
			"SELECT folder.id FROM folder WHERE EXISTS (SELECT 1 FROM folder AS children WHERE folder.id = children.parent_id AND children.gone IS NULL " +
				"AND (children.tenant = $1 OR children.tenant = $2)) AND NOT EXISTS (SELECT 1 FROM file WHERE folder.id = file.folder_id AND file.name = $3 " +
				"AND NOT file.hidden) AND folder.gone IS NULL AND (folder.tenant = $1 OR folder.tenant = $2)",
			[]int64{1},
		},
		"WITH": {
			query.Select(byID.ID),
			"WITH kept AS (SELECT folder.id, folder.name, folder.tenant, folder.parent_id, folder.gone FROM folder WHERE " + live +
				") SELECT kept.id FROM kept",
			[]int64{1, 3},
		},
	} {
		equal(t, name, strings.Join(strings.Fields(c.q.String()), " "), c.want)
		got, err := c.q.All(ctx, eng)
		ok(t, err)
		slices.Sort(got)
		equal(t, name, fmt.Sprint(got), fmt.Sprint(c.ids))
	}
}

// TestFilterWrites: UPDATE and DELETE reach what the filters let through, and objects in memory follow.
func TestFilterWrites(t *testing.T) {
	t.Parallel()
	eng, _ := filterWorld(t)
	d, f := folders, files
	for _, sync := range []query.Sync{query.SyncFetch, query.SyncEvaluate, query.SyncNone} {
		s := begin(t, eng)
		hidden := must[*File](t)(query.Select(f).Unfiltered().Filter(f.ID.Eq(2)).One(ctx, s))
		shown := must[*File](t)(query.Select(f).Filter(f.ID.Eq(1)).One(ctx, s))
		equal(t, "updated", must[int64](t)(query.Update(f).Set(f.Name.To("x")).Filter(f.FolderID.Eq(1)).Sync(sync).Exec(ctx, s)), 1)
		equal(t, "all updated", must[int64](t)(query.Update(f).Set(f.Name.ToExpr(expr.Concat(f.Name, expr.Val("y")))).Everywhere().Unfiltered().
			Sync(query.SyncFetch).Exec(ctx, s)), 4)
		if sync != query.SyncNone {
			equal(t, "hidden", hidden.Name, "gy")
			equal(t, "shown", shown.Name, "xy")
		}
		equal(t, "deleted", must[int64](t)(query.Delete(f).Everywhere().Sync(sync).Exec(ctx, s)), 3)
		equal(t, "left", must[int64](t)(query.Select(f).Unfiltered().Count(ctx, s)), 1)
		equal(t, "found", must[int64](t)(query.Select(f).Count(ctx, s)), 0)
		ok(t, s.Rollback(ctx))
	}
	moved := query.Update(f).Set(f.Name.ToExpr(d.Name)).Filter(f.FolderID.EqExpr(d.ID))
	equal(t, "FROM", moved.String(), "UPDATE file SET name = folder.name FROM folder WHERE file.folder_id = folder.id AND NOT file.hidden "+
		"AND folder.gone IS NULL AND (folder.tenant = $1 OR folder.tenant = $2)")
	equal(t, "moved", must[int64](t)(moved.Exec(ctx, eng)), 1)
	other := model.Alias(files, "other")
	equal(t, "of another name", must[int64](t)(query.Delete(other).Everywhere().Exec(ctx, eng)), 3)
	merge := query.Merge(d).Using(f, d.ID.EqExpr(f.ID)).WhenMatched().Update(d.Name.ToExpr(f.Name))
	equal(t, "MERGE", strings.Join(strings.Fields(merge.String()), " "), "MERGE INTO folder USING (SELECT * FROM file WHERE NOT file.hidden) AS file ON folder.id = file.id "+
		"WHEN MATCHED THEN UPDATE SET name = file.name")
	equal(t, "merged", must[int64](t)(merge.Exec(ctx, eng)), 0)
	equal(t, "merged unfiltered", must[int64](t)(merge.Unfiltered().Exec(ctx, eng)), 1)
}

// TestFilterObjects: Get and lists are filtered; what a foreign key refers to, and what the session has, is found.
func TestFilterObjects(t *testing.T) {
	t.Parallel()
	eng, rec := filterWorld(t)
	s := begin(t, eng)
	if _, err := session.Get(ctx, s, folders, 2); !errors.Is(err, query.ErrNoRows) {
		t.Error(err)
	}
	if _, err := session.Get(ctx, s, folders, 4); !errors.Is(err, query.ErrNoRows) {
		t.Error(err)
	}
	a := must[*Folder](t)(session.Get(ctx, s, folders, 1))
	names := func(fs []*Folder, err error) (all string) {
		ok(t, err)
		for _, f := range fs {
			all += f.Name
		}
		return all
	}
	equal(t, "children", names(a.Children.All(ctx)), "c")
	equal(t, "files", len(must[[]*File](t)(a.Files.All(ctx))), 1)
	h := must[*File](t)(session.Get(ctx, s, files, 3))
	b := must[*Folder](t)(h.Folder.Get(ctx))
	equal(t, "a reference", b.Name, "b")
	ok(t, s.Commit(ctx)) // all are stale
	equal(t, "what the session has", must[*Folder](t)(session.Get(ctx, s, folders, 2)), b)
	ok(t, s.Commit(ctx))
	rec.take()
	ok(t, s.Refresh(ctx, b))
	b.Name = "bb"
	s.Delete(h)
	ok(t, s.Commit(ctx))
	equal(t, "written", must[string](t)(query.Select(folders.Name).Unfiltered().Filter(folders.ID.Eq(2)).One(ctx, eng)), "bb")
	all := must[[]*Folder](t)(query.Select(folders).Unfiltered().All(ctx, s))
	for _, f := range all {
		_ = names(f.Children.All(ctx))
		equal(t, "files of "+f.Name, len(must[[]*File](t)(f.Files.All(ctx))), map[string]int{"a": 1}[f.Name])
	}
	// a hidden row refers to its folder all the same, and is set free with the others
	s.Delete(a)
	ok(t, s.Commit(ctx))
	equal(t, "free", must[int64](t)(query.Select(files).Unfiltered().Filter(files.FolderID.IsNull()).Count(ctx, eng)), 3)
}

// TestFilterMistakes: a filter is about its own table.
func TestFilterMistakes(t *testing.T) {
	t.Parallel()
	bad := model.Map("bad", func(t *fileTable) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Filter(folders.Gone.IsNull()), model.Filter(nil)}
	})
	_, err := model.NewSchema(bad)
	if err == nil || !strings.Contains(err.Error(), "Filter: it mentions another table") {
		t.Error(err)
	}
	// a filter with a statement about its own table does not go round in circles
	within := model.Alias(files, "within")
	deep := model.Map("file", func(t *fileTable) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Filter(expr.Exists(query.From(within).Filter(within.ID.EqExpr(t.ID))))}
	})
	if _, err := model.NewSchema(folders, deep); err == nil {
		t.Log(query.Select(deep.ID).String())
	}
	equal(t, "deep", strings.Join(strings.Fields(query.Select(deep.ID).String()), " "),
		"SELECT file.id FROM file WHERE EXISTS (SELECT 1 FROM file AS within WHERE within.id = file.id)")
	name := model.Alias(deep, "name")
	equal(t, "deep, of another name", strings.Join(strings.Fields(query.Select(name.ID).String()), " "),
		"SELECT name.id FROM file AS name WHERE EXISTS (SELECT 1 FROM file AS within WHERE within.id = name.id)")
}
