package writes_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// The mapping of the tests of rows that are kept as deleted: folders with a version, their notes and marks, all of which are kept, and
// their sheets, which are not.
type (
	Folder struct {
		ID        int64
		Name      string
		Size      int64
		DeletedAt *time.Time
		Version   int64

		Notes  model.Many[Note]
		Sheets model.Many[Sheet]
		Marks  model.Many[Mark]
	}
	Note struct {
		ID       int64
		Text     string
		FolderID *int64
		Gone     bool

		Folder model.One[Folder]
	}
	Sheet struct {
		ID       int64
		Text     string
		FolderID *int64

		Folder model.One[Folder]
	}
	Mark struct {
		ID   int64
		Gone bool

		Folders model.Many[Folder]
	}
	folders struct {
		model.Table[Folder]
		ID        expr.Int
		Name      expr.Text
		Size      expr.Int
		DeletedAt expr.NullTime
		Version   expr.Int
		Notes     model.ToMany[Folder, Note]
		Sheets    model.ToMany[Folder, Sheet]
		Marks     model.ToMany[Folder, Mark]
	}
	notes struct {
		model.Table[Note]
		ID       expr.Int
		Text     expr.Text
		FolderID expr.NullInt
		Gone     expr.Bool
		Folder   model.ToOne[Note, Folder]
	}
	sheets struct {
		model.Table[Sheet]
		ID       expr.Int
		Text     expr.Text
		FolderID expr.NullInt
		Folder   model.ToOne[Sheet, Folder]
	}
	marks struct {
		model.Table[Mark]
		ID      expr.Int
		Gone    expr.Bool
		Folders model.ToMany[Mark, Folder]
	}
)

var (
	Folders = model.Map("folder", func(t *folders) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Given(t.ID), model.SoftDelete(t.DeletedAt), model.Version(t.Version), model.Unique(t.Name),
		}
	})
	Notes = model.Map("note", func(t *notes) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Given(t.ID), model.SoftDeleteFlag(t.Gone), model.ForeignKey(t.FolderID, Folders.ID),
			model.OrderBy(Folders.Notes, t.ID.Asc()),
		}
	})
	Sheets = model.Map("sheet", func(t *sheets) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), model.ForeignKey(t.FolderID, Folders.ID)}
	})
	Marks = model.Map("mark", func(t *marks) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Given(t.ID), model.SoftDeleteFlag(t.Gone), model.ManyToMany(Folders.Marks, "folder_mark"),
			model.OrderBy(Folders.Marks, t.ID.Asc()), model.OrderBy(t.Folders, Folders.ID.Asc()),
		}
	})
	softSchema = model.MustSchema(Folders, Notes, Sheets, Marks)
)

// filed returns a session with one folder: f, of size 7, with notes, sheets and marks 1 and 2.
func filed(t *testing.T, sql ...string) (*session.Engine, *session.Session, *Folder) {
	t.Helper()
	eng, _ := open(t, softSchema, sql...)
	s := eng.Session()
	f := &Folder{ID: 1, Name: "f", Size: 7}
	f.Notes.Add(&Note{ID: 1, Text: "a"}, &Note{ID: 2, Text: "b"})
	f.Sheets.Add(&Sheet{ID: 1, Text: "a"}, &Sheet{ID: 2, Text: "b"})
	f.Marks.Add(&Mark{ID: 1}, &Mark{ID: 2})
	s.Add(f)
	ok(t, s.Commit(ctx))
	ok(t, s.Close(ctx))
	s = begin(t, eng)
	return eng, s, must[*Folder](t)(session.Get(ctx, s, Folders, 1))
}

// numbers returns the numbers of a list's items, which it loads.
func numbers[T any](t *testing.T, list *model.Many[T]) string {
	t.Helper()
	var ids []string
	for _, x := range must[[]*T](t)(list.All(ctx)) {
		switch x := any(x).(type) {
		case *Folder:
			ids = append(ids, fmt.Sprint(x.ID))
		case *Note:
			ids = append(ids, fmt.Sprint(x.ID))
		case *Sheet:
			ids = append(ids, fmt.Sprint(x.ID))
		case *Mark:
			ids = append(ids, fmt.Sprint(x.ID))
		}
	}
	return strings.Join(ids, ",")
}
