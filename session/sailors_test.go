package session_test

import (
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// The mapping of the random test: keys of all sorts, and a table with all common types of columns.
type (
	// Crew has a text key that the program gives.
	Crew struct {
		Code    string
		Motto   *string
		Sailors model.Many[Sailor]
	}
	// Bunk has a uuid as its key.
	Bunk struct {
		ID   [16]byte
		Name string
	}
	rating string
	// Sailor refers to a crew, a bunk and another sailor, none of which need be there.
	Sailor struct {
		ID     int64
		Name   string
		Rating rating
		Second *rating
		Age    *int32
		Small  int16
		Wage   int64
		Bonus  *int64
		Height float64
		Weight *float64
		Fit    bool
		Sworn  *bool
		Motto  *string
		Nick   sql.Null[string]
		Born   *time.Time
		Joined time.Time
		Left   *time.Time
		Photo  []byte
		Scan   *[]byte
		Token  [16]byte
		Extra  json.RawMessage
		Notes  *json.RawMessage
		Skills []string
		Pay    string
		Nap    time.Duration

		CrewCode *string
		BunkID   *[16]byte
		BossID   *int64
		Version  int64

		Crew  model.One[Crew]
		Bunk  model.One[Bunk]
		Boss  model.One[Sailor]
		Mates model.Many[Sailor]
		Tasks model.Many[Duty]
		Won   model.Many[Medal]
	}
	// Duty must have its sailor, and goes with them.
	Duty struct {
		ID       int32
		Name     string
		SailorID int64
		Sailor   model.One[Sailor]
	}
	// Medal has a key of two columns, goes with its sailor and when it is taken from them.
	Medal struct {
		SailorID int64
		Label    string
		Name     string
		Sailor   model.One[Sailor]
	}
	crews struct {
		model.Table[Crew]
		Code    expr.Text
		Motto   expr.NullText
		Sailors model.ToMany[Crew, Sailor]
	}
	bunks struct {
		model.Table[Bunk]
		ID   expr.UUID
		Name expr.Text
	}
	sailors struct {
		model.Table[Sailor]
		ID       expr.Int
		Name     expr.Text
		Rating   expr.Enum[rating]
		Second   expr.NullEnum[rating]
		Age      expr.NullInt32
		Small    expr.Int16
		Wage     expr.Int
		Bonus    expr.NullInt
		Height   expr.Float
		Weight   expr.NullFloat
		Fit      expr.Bool
		Sworn    expr.NullBool
		Motto    expr.NullText
		Nick     expr.NullText
		Born     expr.NullDate
		Joined   expr.Time
		Left     expr.NullTime
		Photo    expr.Bytes
		Scan     expr.NullBytes
		Token    expr.UUID
		Extra    expr.JSON
		Notes    expr.NullJSON
		Skills   expr.Col[[]string]
		Pay      expr.DecimalOf[string, string]
		Nap      expr.Interval
		CrewCode expr.NullText
		BunkID   expr.NullUUID
		BossID   expr.NullInt
		Version  expr.Int
		Crew     model.ToOne[Sailor, Crew]
		Bunk     model.ToOne[Sailor, Bunk]
		Boss     model.ToOne[Sailor, Sailor]
		Mates    model.ToMany[Sailor, Sailor]
		Tasks    model.ToMany[Sailor, Duty]
		Won      model.ToMany[Sailor, Medal]
	}
	duties struct {
		model.Table[Duty]
		ID       expr.Int32
		Name     expr.Text
		SailorID expr.Int
		Sailor   model.ToOne[Duty, Sailor]
	}
	medals struct {
		model.Table[Medal]
		SailorID    expr.Int
		Label, Name expr.Text
		Sailor      model.ToOne[Medal, Sailor]
	}
)

var (
	Crews = model.Map("crew", func(t *crews) model.Spec {
		return model.Spec{model.PrimaryKey(t.Code)}
	})
	Bunks = model.Map("bunk", func(t *bunks) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID)}
	})
	Sailors = model.Map("sailor", func(t *sailors) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Unique(t.Name), model.Version(t.Version),
			model.ForeignKey(t.CrewCode, Crews.Code), model.ForeignKey(t.BunkID, Bunks.ID), model.ForeignKey(t.BossID, t.ID),
			model.DeleteMembers(t.Tasks), model.DeleteOrphans(t.Won),
		}
	})
	Duties = model.Map("duty", func(t *duties) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.SailorID, Sailors.ID)}
	})
	Medals = model.Map("medal", func(t *medals) model.Spec {
		return model.Spec{model.PrimaryKey(t.SailorID, t.Label), model.ForeignKey(t.SailorID, Sailors.ID)}
	})
	navy = model.MustSchema(Crews, Bunks, Sailors, Duties, Medals)
)

// facts are the columns of a sailor that are no key, as text: what the database makes equal is equal.
func facts(s *Sailor) string {
	var b strings.Builder
	v := reflect.ValueOf(s).Elem()
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Name == "CrewCode" {
			break
		}
		if f.Name != "ID" {
			fmt.Fprintf(&b, "%s=%s ", f.Name, fact(f.Name, v.Field(i).Interface()))
		}
	}
	return b.String()
}

func fact(name string, v any) string {
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.Pointer {
		if rv.IsNil() {
			return "NULL"
		}
		v = rv.Elem().Interface()
	}
	switch x := v.(type) {
	case time.Time:
		if name == "Born" {
			return x.Format(time.DateOnly)
		}
		return x.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
	case []byte:
		return hex.EncodeToString(x)
	case [16]byte:
		return hex.EncodeToString(x[:])
	case float64:
		v = x + 0 // -0 is 0
	case json.RawMessage:
		var doc any
		if err := json.Unmarshal(x, &doc); err != nil {
			return err.Error()
		}
		text, _ := json.Marshal(doc)
		return string(text)
	case sql.Null[string]:
		if !x.Valid {
			return "NULL"
		}
		return x.V
	case string:
		if n, ok := new(big.Rat).SetString(x); ok && name == "Pay" {
			return n.String()
		}
	}
	return fmt.Sprintf("%q", fmt.Sprint(v))
}

// copyFacts gives to the columns that facts tells, with copies of what they point to.
func copyFacts(to, from *Sailor) {
	dst, src := reflect.ValueOf(to).Elem(), reflect.ValueOf(from).Elem()
	for i := range src.NumField() {
		f := src.Type().Field(i)
		if f.Name == "CrewCode" {
			return
		}
		if f.Name != "ID" {
			dst.Field(i).Set(clone(src.Field(i)))
		}
	}
}

func clone(v reflect.Value) reflect.Value {
	switch {
	case v.Kind() == reflect.Pointer && !v.IsNil():
		p := reflect.New(v.Type().Elem())
		p.Elem().Set(clone(v.Elem()))
		return p
	case v.Kind() == reflect.Slice && !v.IsNil():
		s := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(s, v)
		return s
	}
	return v
}
