package session_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

type (
	parcel struct {
		ID    int64
		Label string
		Note  *string
		Zone  string
		Price string
	}
	parcels struct {
		model.Table[parcel]
		ID    expr.Int
		Label expr.Text
		Note  expr.NullText
		Zone  expr.Text
		Price expr.Value[string, string]
	}
)

var (
	theParcels = model.Map("parcel", func(t *parcels) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Size(5, t.Label, t.Note), model.Type("char(2)", t.Zone), model.Type("numeric(5, 2)", t.Price),
		}
	})
	parcelSchema = model.MustSchema(theParcels)
)

// TestUnfitValues: PostgreSQL says of a value that is too long or too great neither the column nor which of many rows has it.
func TestUnfitValues(t *testing.T) {
	t.Parallel()
	eng := must[*session.Engine](t)(session.Open(ctx, pgtest.Database(t), parcelSchema, session.Options{}))
	t.Cleanup(eng.Close)
	ok(t, parcelSchema.CreateAll(ctx, eng))
	good := func() *parcel { return &parcel{Label: "äöüßé   ", Zone: "A", Price: "999.99"} }
	for _, c := range []struct{ name, column, code, message string }{
		{"varchar", "label", "22001", "value too long for type character varying(5), in column label"},
		{"null varchar", "note", "22001", "value too long for type character varying(5), in column note"},
		{"char", "zone", "22001", "value too long for type character(2), in column zone"},
		{"numeric", "price", "22003", "numeric field overflow, in column price"},
	} {
		bad := good()
		switch c.column {
		case "label":
			bad.Label = "secret"
		case "note":
			bad.Note = ptr("secret")
		case "zone":
			bad.Zone = "secret"
		case "price":
			bad.Price = "-999.995"
		}
		for _, objs := range [][]*parcel{{bad}, {good(), good(), bad, good(), good()}} {
			object := "parcel(id not set)"
			if len(objs) > 1 {
				object += ", number 3 of 5"
			}
			s := begin(t, eng)
			for _, o := range objs {
				s.Add(o)
			}
			refused(t, c.name+" in a flush", s.Commit(ctx), c.code, c.column, object, c.message)
			ok(t, s.Close(ctx))
			refused(t, c.name+" in bulk", session.BulkInsert(ctx, eng, theParcels, objs...), c.code, c.column, object, c.message)
		}
	}
	equal(t, "rows", count(t, eng, "parcel"), 0)
}

func refused(t *testing.T, name string, err error, code, column, object, message string) {
	t.Helper()
	var e *session.DatabaseError
	switch {
	case !errors.As(err, &e):
		t.Errorf("%s: %v", name, err)
	case e.Code != code || e.Table != "parcel" || e.Column != column || e.Object != object:
		t.Errorf("%s: %+v", name, e)
	case !strings.HasPrefix(err.Error(), "session: "+object+": "+message+" (SQLSTATE "+code+"): INSERT INTO parcel"):
		t.Errorf("%s: %v", name, err)
	case strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "999"):
		t.Errorf("%s gives a value away: %v", name, err)
	}
}

// TestNullAmongMany: which of many objects has the NULL is told.
func TestNullAmongMany(t *testing.T) {
	t.Parallel()
	eng := must[*session.Engine](t)(session.Open(ctx, pgtest.Database(t), parcelSchema, session.Options{}))
	t.Cleanup(eng.Close)
	ok(t, parcelSchema.CreateAll(ctx, eng))
	ok(t, eng.ExecAll(ctx, []string{"ALTER TABLE parcel ALTER note SET NOT NULL"}))
	note := ptr("note")
	s := begin(t, eng)
	s.Add(&parcel{Zone: "A", Price: "1", Note: note}, &parcel{Zone: "B", Price: "1"}, &parcel{Zone: "C", Price: "1", Note: note})
	var null *session.NotNullError
	if err := s.Commit(ctx); !errors.As(err, &null) || null.Column != "note" || null.Object != "parcel(id not set), number 2 of 3" {
		t.Errorf("error is %v", err)
	}
}
