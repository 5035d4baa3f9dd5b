package model_test

import (
	"sync"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// Audit is embedded by documents; it has a name of its own that theirs hides.
type (
	Audit struct {
		CreatedBy string
		Title     string
		Editor    model.One[Owner]
	}
	// Cached is embedded by a pointer.
	Cached struct{ Words int }
	// Document has fields of all kinds.
	Document struct {
		ID    int64
		Title string
		Draft string
		Items model.Many[Item]
		Tags  map[string]bool
		Audit
		*Cached
		sync.Mutex
		time.Time
		private int
	}
	documentAudit struct {
		CreatedBy expr.Text
		Editor    model.ToOne[Document, Owner]
	}
	documents struct {
		model.Table[Document]
		ID    expr.Int
		Title expr.Text
	}
)

func mapDocument(more ...model.Option) []model.Mapped {
	return one(model.Map("document", func(t *documents) model.Spec {
		return append(model.Spec{model.PrimaryKey(t.ID)}, more...)
	}))
}

func TestUnmappedFields(t *testing.T) {
	t.Parallel()
	_ = Document{}.private
	rest := model.Ignore("Draft", "Items", "Tags", "Cached", "Time")
	for _, c := range []struct {
		name string
		spec []model.Option
		want []string
	}{
		{"all kinds", nil, []string{
			`document: field Document.Draft is mapped to nothing: give the table struct a column Draft, or say model.Ignore("Draft")`,
			`document: field Document.Items is mapped to nothing: give the table struct a relationship Items model.ToMany[Document, Item], or say`,
			"field Document.Tags is",
			`field Document.Audit.CreatedBy is mapped to nothing: give the table struct a column CreatedBy, or say model.Ignore("CreatedBy")`,
			`field Document.Audit.Title is mapped to nothing: another field Title hides it; rename it, or say model.Ignore("Audit.Title")`,
			`field Document.Audit.Editor is…a relationship Editor model.ToOne[Document, Owner], or say model.Ignore("Editor")`,
			`field Document.Cached is mapped to nothing: embed the struct instead of a pointer to it, or say model.Ignore("Cached")`,
			"field Document.Time is mapped to nothing: give the table struct a column Time",
		}},
		{"an embedded struct ignored in part", []model.Option{rest, model.Ignore("CreatedBy", "Audit.Editor")}, []string{
			`field Document.Audit.Title is`,
		}},
		{"names that are wrong", []model.Option{rest, model.Ignore("Audit", "Drafts", "private", "title", "")}, []string{
			`document: Ignore: struct Document has no exported field "Drafts"`, `no exported field "private"`, `no exported field "title"`, `no exported field ""`,
		}},
		{"names of what is mapped", []model.Option{rest, model.Ignore("Audit", "Title", "ID")}, []string{
			`document: Ignore: "Title" is mapped`, `document: Ignore: "ID" is mapped`,
		}},
		{"names said twice", []model.Option{rest, model.Ignore("Audit", "CreatedBy", "Draft")}, []string{
			`document: Ignore: "CreatedBy" is in an embedded struct that is ignored`, `document: Ignore: "Draft" is said twice`,
		}},
		{"no names", []model.Option{rest, model.Ignore("Audit"), model.Ignore()}, []string{"document: Ignore: names no field"}},
	} {
		mistakes(t, c.name, mapDocument(c.spec...), c.want...)
	}
	if _, err := model.NewSchema(mapDocument(rest, model.Ignore("Audit"))...); err != nil {
		t.Errorf("all ignored: %v", err)
	}
}

// TestEmbeddedTableStruct: what an embedded struct has is mapped by what the table struct embeds, relationships too.
func TestEmbeddedTableStruct(t *testing.T) {
	t.Parallel()
	type audited struct {
		model.Table[Document]
		ID       expr.Int
		Title    expr.Text
		EditorID expr.NullInt
		documentAudit
	}
	_, err := model.NewSchema(mapOwners(), model.Map("document", func(t *audited) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Ignore("Draft", "Items", "Tags", "Cached", "Time", "Audit.Title")}
	}))
	me, _ := err.(*model.MappingError)
	if me == nil || len(me.Mistakes) != 2 || !containsMistake(me, "document: column editor_id: struct Document has no field EditorID") ||
		!containsMistake(me, "document: relationship Editor: no foreign key leads from document to owner") {
		t.Errorf("the mistakes are %v", err)
	}

	type Pointed struct {
		ID int64
		*Audit
	}
	type pointed struct {
		model.Table[Pointed]
		ID     expr.Int
		Editor model.ToOne[Pointed, Owner]
	}
	mistakes(t, "a relationship in an embedded pointer", one(model.Map("pointed", func(t *pointed) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Ignore("Audit")}
	})), "pointed: relationship Editor: field Pointed.Editor is in an embedded pointer", "relationship Editor")
}
