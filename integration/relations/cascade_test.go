package relations_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Folders do not bring their documents into a session, nor documents their folders and labels.
type (
	Folder struct {
		ID   int64
		Name string
		Docs model.Many[Doc]
	}
	Doc struct {
		ID       int64
		Name     string
		FolderID *int64
		Folder   model.One[Folder]
		Labels   model.Many[Label]
	}
	Label struct {
		ID   int64
		Name string
		Docs model.Many[Doc]
	}
	folders struct {
		model.Table[Folder]
		ID   expr.Int
		Name expr.Text
		Docs model.ToMany[Folder, Doc]
	}
	docs struct {
		model.Table[Doc]
		ID       expr.Int
		Name     expr.Text
		FolderID expr.NullInt
		Folder   model.ToOne[Doc, Folder]
		Labels   model.ToMany[Doc, Label]
	}
	labels struct {
		model.Table[Label]
		ID   expr.Int
		Name expr.Text
		Docs model.ToMany[Label, Doc]
	}
)

var (
	Folders = model.Map("folder", func(t *folders) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	Labels  = model.Map("label", func(t *labels) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	Docs    = model.Map("doc", func(t *docs) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.FolderID, Folders.ID), model.ManyToMany(t.Labels, "doc_label"),
			model.NoCascadeAdd(t.Folder, Folders.Docs, t.Labels), model.NoCascadeMerge(Folders.Docs, t.Labels),
		}
	})
	cabinet = model.MustSchema(Folders, Labels, Docs)
)

// missing looks for an error that names an object that no session has, and what was given it.
func missing(t *testing.T, err error, names ...string) {
	t.Helper()
	is(t, err, session.ErrNotInSession)
	for _, name := range names {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("error does not name %s: %v", name, err)
		}
	}
}

// TestNoCascadeAdd: what a relationship does not bring must be added itself, before or after; a flush that lacks it is an error.
func TestNoCascadeAdd(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, cabinet)
	const rows = "SELECT doc.name AS d, folder.name AS f, (SELECT string_agg(l.name, '+') FROM doc_label x JOIN label l ON l.id = x.label_id WHERE x.doc_id = doc.id) FROM doc LEFT JOIN folder ON folder.id = folder_id"
	for _, tc := range []struct {
		name string
		do   func(t *testing.T, s *session.Session, f *Folder, d *Doc, l *Label)
		want string
	}{
		{"added before", func(_ *testing.T, s *session.Session, f *Folder, d *Doc, l *Label) {
			s.Add(f, d, l)
			f.Docs.Add(d)
			d.Labels.Add(l)
		}, "(d,f,l)"},
		{"added after", func(t *testing.T, s *session.Session, f *Folder, d *Doc, l *Label) {
			d.Folder.Set(f)
			d.Labels.Add(l)
			s.Add(d)
			equal(t, "objects", s.Len(), 1)
			missing(t, s.Flush(ctx), "Folder(id not set)", "Folder of Doc(id not set)")
			s.Add(f)
			equal(t, "documents", must[[]*Doc](t)(f.Docs.All(ctx))[0], d)
			missing(t, s.Flush(ctx), "Label(id not set)", "Labels of Doc(id not set)")
			s.Add(l)
			equal(t, "documents of the label", must[[]*Doc](t)(l.Docs.All(ctx))[0], d)
		}, "(d,f,l)"},
		{"a list, added after", func(t *testing.T, s *session.Session, f *Folder, d *Doc, _ *Label) {
			f.Docs.Add(d)
			s.Add(f)
			missing(t, s.Flush(ctx), "Doc(id not set)", "Docs of Folder(id not set)")
			s.Add(d)
			equal(t, "folder", must[*Folder](t)(d.Folder.Get(ctx)), f)
		}, "(d,f,)"},
		{"from the side that brings", func(t *testing.T, s *session.Session, f *Folder, d *Doc, l *Label) {
			l.Docs.Add(d)
			s.Add(l, f)
			equal(t, "objects", s.Len(), 3)
			d.Folder.Set(f)
		}, "(d,f,l)"},
		{"taken back", func(t *testing.T, s *session.Session, f *Folder, d *Doc, l *Label) {
			s.Add(d)
			d.Folder.Set(f)
			d.Labels.Add(l)
			missing(t, s.Flush(ctx))
			d.Folder.Set(nil)
			d.Labels.Remove(l)
		}, "(d,,)"},
		{"another instead", func(t *testing.T, s *session.Session, f *Folder, d *Doc, _ *Label) {
			other := &Folder{Name: "other"}
			s.Add(d, f, other)
			d.Folder.Set(f)
			absent := &Folder{Name: "absent"}
			d.Folder.Set(absent)
			missing(t, s.Flush(ctx), "Folder of Doc")
			equal(t, "documents", len(must[[]*Doc](t)(f.Docs.All(ctx))), 0)
			d.Folder.Set(other)
		}, "(d,other,)"},
		{"taken back with a rollback", func(t *testing.T, s *session.Session, f *Folder, d *Doc, _ *Label) {
			s.Add(d)
			ok(t, s.Flush(ctx))
			sp := must[*session.Savepoint](t)(s.Savepoint(ctx))
			d.Folder.Set(f)
			missing(t, s.Flush(ctx))
			ok(t, sp.Rollback(ctx))
		}, "(d,,)"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := eng.Pool().Exec(ctx, "TRUNCATE folder, doc, label, doc_label")
			ok(t, err)
			s := begin(t, eng)
			f, d, l := &Folder{Name: "f"}, &Doc{Name: "d"}, &Label{Name: "l"}
			tc.do(t, s, f, d, l)
			ok(t, s.Commit(ctx))
			equal(t, "rows", rowsOf(t, eng, rows), tc.want)
		})
	}
}

// TestNoCascadeAddOfDetached: an object that comes back into a session brings nothing either.
func TestNoCascadeAddOfDetached(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, cabinet)
	s := begin(t, eng)
	f, d := &Folder{Name: "f"}, &Doc{Name: "d"}
	s.Add(f, d)
	f.Docs.Add(d)
	ok(t, s.Commit(ctx))
	equal(t, "documents", len(must[[]*Doc](t)(f.Docs.All(ctx))), 1)
	ok(t, s.Close(ctx))
	s = begin(t, eng)
	s.Add(f)
	equal(t, "objects", s.Len(), 1)
	ok(t, s.Commit(ctx))
	equal(t, "documents, loaded", len(must[[]*Doc](t)(f.Docs.All(ctx))), 1)
	ok(t, s.Close(ctx))

	d.Folder.Set(&Folder{Name: "new"})
	s = begin(t, eng)
	s.Add(d)
	missing(t, s.Commit(ctx), "Folder of Doc(id=1)")
	s.Add(must[*Folder](t)(d.Folder.Get(ctx)))
	ok(t, s.Commit(ctx))
	equal(t, "rows", rowsOf(t, eng, "TABLE doc"), "(1,d,2)")
}

// TestNoCascadeMerge: a merge leaves alone what it is not to follow, and follows the other side.
func TestNoCascadeMerge(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, cabinet)
	s := begin(t, eng)
	f, d, l := &Folder{Name: "f"}, &Doc{Name: "d"}, &Label{Name: "l"}
	s.Add(f, d, l)
	f.Docs.Add(d)
	d.Labels.Add(l)
	ok(t, s.Commit(ctx))
	rec.take()
	given := &Folder{ID: 1, Name: "renamed"}
	given.Docs.Add(&Doc{Name: "not looked at"})
	_ = must[*Folder](t)(session.Merge(ctx, s, given))
	ok(t, s.Commit(ctx))
	equal(t, "rows", rowsOf(t, eng, "TABLE doc")+rowsOf(t, eng, "TABLE folder"), "(1,d,1)(1,renamed)")
	sent(t, rec, "SELECT folder.id…", "WITH changed AS (UPDATE folder SET name = $1 WHERE folder.id = $2…")
	doc := &Doc{ID: 1, Name: "d"}
	doc.Folder.Set(&Folder{ID: 1, Name: "by the document"})
	_ = must[*Doc](t)(session.Merge(ctx, s, doc))
	ok(t, s.Commit(ctx))
	equal(t, "rows", rowsOf(t, eng, "TABLE doc")+rowsOf(t, eng, "TABLE folder")+rowsOf(t, eng, "TABLE doc_label"), "(1,d,1)(1,\"by the document\")(1,1)")
	n := must[[]int64](t)(query.Select(Docs.ID).All(ctx, s))
	equal(t, "documents", len(n), 1)
}

// TestMoveIsOneUpdate: a child that goes from one parent to another is one UPDATE, by its list or its reference, an orphan by rule or not.
func TestMoveIsOneUpdate(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, cabinet)
	s := begin(t, eng)
	a, b, d := &Folder{Name: "a"}, &Folder{Name: "b"}, &Doc{Name: "d"}
	s.Add(a, b, d)
	a.Docs.Add(d)
	ok(t, s.Commit(ctx))
	for _, move := range []func(){
		func() { b.Docs.Add(d) },
		func() { d.Folder.Set(a) },
		func() { a.Docs.Remove(d); b.Docs.Add(d) },
	} {
		ok(t, errors.Join(second(a.Docs.All(ctx)), second(b.Docs.All(ctx))))
		rec.take()
		move()
		ok(t, s.Commit(ctx))
		sent(t, rec, "WITH changed AS (UPDATE doc SET folder_id = $1 WHERE doc.id = $2…")
	}
	equal(t, "rows", rowsOf(t, eng, "SELECT d.name, f.name FROM doc d JOIN folder f ON f.id = folder_id"), "(d,b)")
}

func second[T any](_ T, err error) error { return err }
