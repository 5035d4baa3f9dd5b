package model_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// Item is a struct to map rightly and wrongly.
type Item struct {
	ID      int64
	Name    string
	Note    *string
	OwnerID *int64
	Size    int32
	hidden  string

	Owner model.One[Owner]
}

// Owner has items.
type Owner struct {
	ID    int64
	Items model.Many[Item]
}

type (
	items struct {
		model.Table[Item]
		ID      expr.Int
		Name    expr.Text
		Note    expr.NullText
		OwnerID expr.NullInt
		Size    expr.Int32
	}
	owners struct {
		model.Table[Owner]
		ID expr.Int
	}
)

// mapItems maps Item with a primary key and further options.
func mapItems(table string, more func(t *items) model.Spec) *items {
	return model.Map(table, func(t *items) model.Spec {
		spec := model.Spec{model.PrimaryKey(t.ID), model.Ignore("Owner")}
		if more != nil {
			spec = append(spec, more(t)...)
		}
		return spec
	})
}

func mapOwners() *owners {
	return model.Map("owner", func(t *owners) model.Spec { return model.Spec{model.PrimaryKey(t.ID), model.Ignore("Items")} })
}

// mistakes checks that a schema of tables has these mistakes and no others; each want is parts of one mistake with "…"
// between them.
func mistakes(t *testing.T, name string, tables []model.Mapped, wants ...string) {
	t.Helper()
	s, err := model.NewSchema(tables...)
	var me *model.MappingError
	if !errors.As(err, &me) || s != nil {
		t.Errorf("%s: the schema is %v, the error %v", name, s, err)
		return
	}
	matches := slices.EqualFunc(me.Mistakes, wants, func(got error, want string) bool {
		rest, found := got.Error(), false
		for part := range strings.SplitSeq(want, "…") {
			if _, rest, found = strings.Cut(rest, part); !found {
				return false
			}
		}
		return true
	})
	if !matches {
		t.Errorf("%s: the mistakes are\n%v\nwant\n\t%s", name, err, strings.Join(wants, "\n\t"))
	}
	for _, m := range me.Mistakes {
		if !strings.Contains(err.Error(), m.Error()) || !errors.Is(err, m) {
			t.Errorf("%s: %v is not in the error", name, m)
		}
	}
}

func one(t model.Mapped) []model.Mapped { return []model.Mapped{t} }

// specCase is a Spec and the mistakes that it has.
type specCase struct {
	name string
	spec func(t *items) model.Spec
	want []string
}

func checkSpecs(t *testing.T, cases []specCase) {
	t.Helper()
	for _, c := range cases {
		mistakes(t, c.name, one(mapItems("item", c.spec)), c.want...)
	}
}

func TestOptionMistakes(t *testing.T) {
	t.Parallel()
	other := mapOwners()
	checkSpecs(t, []specCase{
		{
			"PrimaryKey twice", func(t *items) model.Spec { return model.Spec{model.PrimaryKey(t.Name)} },
			[]string{"item: PrimaryKey: said twice"},
		},
		{
			"Size of a number", func(t *items) model.Spec { return model.Spec{model.Size(5, t.Size)} },
			[]string{"item: Size: column size is integer"},
		},
		{"Size 0", func(t *items) model.Spec { return model.Spec{model.Size(0, t.Name)} }, []string{"item: Size: 0 of column name"}},
		{
			"Size -1", func(t *items) model.Spec { return model.Spec{model.Size(-1, t.Name, t.Note)} },
			[]string{"item: Size: -1 of column name", "item: Size: -1 of column note"},
		},
		{
			"Size of another's", func(*items) model.Spec { return model.Spec{model.Size(1, other.ID)} },
			[]string{"item: Size: owner.id is a column of another table"},
		},
		{
			"Name of another's", func(*items) model.Spec { return model.Spec{model.Name("x", other.ID)} },
			[]string{"item: Name: owner.id is a column of another table"},
		},
		{"Type of another's", func(*items) model.Spec { return model.Spec{model.Type("x", other.ID)} }, []string{"item: Type: owner.id"}},
		{"Given of another's", func(*items) model.Spec { return model.Spec{model.Given(other.ID)} }, []string{"item: Given: owner.id"}},
		{
			"Index of another's", func(t *items) model.Spec { return model.Spec{model.Index(t.Name, other.ID)} },
			[]string{"item: Index: owner.id"},
		},
		{"Unique of another's", func(*items) model.Spec { return model.Spec{model.Unique(other.ID)} }, []string{"item: Unique: owner.id"}},
		{
			"Default of another's", func(*items) model.Spec { return model.Spec{model.Default(other.ID, func() int64 { return 1 })} },
			[]string{"item: Default: owner.id"},
		},
		{
			"OnUpdate of another's", func(*items) model.Spec { return model.Spec{model.OnUpdate(other.ID, func() int64 { return 1 })} },
			[]string{"item: OnUpdate: owner.id"},
		},
	})
}

func TestColumnMistakes(t *testing.T) {
	t.Parallel()
	other := mapOwners()
	var zero owners
	checkSpecs(t, []specCase{
		{
			"ServerDefault of another's", func(*items) model.Spec { return model.Spec{model.ServerDefault(other.ID, "1")} },
			[]string{"item: ServerDefault: owner.id"},
		},
		{
			"ForeignKey of another's", func(t *items) model.Spec { return model.Spec{model.ForeignKey(other.ID, t.ID)} },
			[]string{"item: ForeignKey: owner.id"},
		},
		{
			"ForeignKey to no column", func(t *items) model.Spec { return model.Spec{model.ForeignKey(t.OwnerID, zero.ID)} },
			[]string{"item: ForeignKey of column owner_id…no column"},
		},
		{
			"ForeignKey to a sum", func(t *items) model.Spec { return model.Spec{model.ForeignKey(t.OwnerID, t.ID.Plus(1))} },
			[]string{"item: ForeignKey of column owner_id…no column"},
		},
		{
			"ForeignKey out of the schema", func(t *items) model.Spec { return model.Spec{model.ForeignKey(t.OwnerID, other.ID)} },
			[]string{"item: column owner_id refers to table owner, which is not in the schema"},
		},
		{
			"ForeignKeys of none", func(*items) model.Spec { return model.Spec{model.ForeignKeys()} },
			[]string{"item: ForeignKeys: names no column"},
		},
		{
			"ForeignKeys to two tables", func(t *items) model.Spec {
				return model.Spec{model.ForeignKeys(model.Refer(t.OwnerID, other.ID), model.Refer(t.ID, t.ID))}
			}, []string{"item: ForeignKeys: refers to columns of owner and of item"},
		},
		{"Index of none", func(*items) model.Spec { return model.Spec{model.Index()} }, []string{"item: Index: names no column"}},
		{"Unique of none", func(*items) model.Spec { return model.Spec{model.Unique()} }, []string{"item: Unique: names no column"}},
		{
			"Index of an expression", func(t *items) model.Spec { return model.Spec{model.Index(t.Size.Plus(1))} },
			[]string{"item: Index: takes a column"},
		},
	})
}

func TestSpecMistakes(t *testing.T) {
	t.Parallel()
	other := mapOwners()
	var zero owners
	checkSpecs(t, []specCase{
		{
			"Check of a zero column", func(*items) model.Spec { return model.Spec{model.Check("c", zero.ID.Gt(1))} },
			[]string{"item: Check c: column of a table struct that was not made by model.Map"},
		},
		{
			"same column twice", func(t *items) model.Spec { return model.Spec{model.Name("name", t.Note)} },
			[]string{"item: fields Name and Note have the same column name"},
		},
		{
			"no SQL type", func(t *items) model.Spec { return model.Spec{model.Type("", t.Size)} },
			[]string{"item: column size: Go type int32 does not tell the SQL type"},
		},
		{
			"Via of nothing", func(t *items) model.Spec { return model.Spec{model.Via(model.ToOne[Item, Owner]{}, t.ID)} },
			[]string{"item: Via: takes a relationship"},
		},
		{"Inverse of nothing", func(*items) model.Spec {
			return model.Spec{model.Inverse(model.ToOne[Item, Owner]{}, model.ToMany[Owner, Item]{})}
		}, []string{"item: Inverse: takes relationships"}},
		{
			"DeleteOrphans of nothing", func(*items) model.Spec { return model.Spec{model.DeleteOrphans(model.ToMany[Owner, Item]{})} },
			[]string{"item: DeleteOrphans: takes a ToMany"},
		},
		{
			"OrderBy of nothing", func(t *items) model.Spec { return model.Spec{model.OrderBy(model.ToMany[Owner, Item]{}, t.ID)} },
			[]string{"item: OrderBy: takes a ToMany"},
		},
		{
			"Deferred keys", func(t *items) model.Spec {
				return model.Spec{model.Deferred(t.ID, t.OwnerID), model.ForeignKey(t.OwnerID, t.ID)}
			}, []string{"item: Deferred: column id is of a key", "item: Deferred: column owner_id is of a key"},
		},
		{
			"PostUpdate of nothing", func(*items) model.Spec { return model.Spec{model.PostUpdate(model.ToOne[Item, Owner]{})} },
			[]string{"item: PostUpdate: takes a relationship"},
		},
		{
			"all at once", func(t *items) model.Spec {
				return model.Spec{model.Size(0, t.Name), model.Size(5, t.Size), model.Index(other.ID), model.ForeignKey(t.OwnerID, other.ID)}
			}, []string{"Size: 0 of column name", "Index: owner.id", "Size: column size", "column owner_id refers to table owner"},
		},
	})
}

func TestKeyMistakes(t *testing.T) {
	t.Parallel()
	mistakes(t, "no primary key", one(model.Map("item", func(*items) model.Spec { return model.Spec{model.Ignore("Owner")} })), "item: has no primary key")
	mistakes(t, "no spec", one(model.Map[items]("item", nil)), "item: has no primary key", "item: field Item.Owner is mapped to nothing")
	mistakes(t, "nullable", one(model.Map("item", func(t *items) model.Spec {
		return model.Spec{model.PrimaryKey(t.OwnerID), model.Ignore("Owner")}
	})), "item: PrimaryKey: column owner_id may be NULL")
	mistakes(t, "one of two nullable", one(model.Map("item", func(t *items) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID, t.Note), model.Ignore("Owner")}
	})), "item: PrimaryKey: column note may be NULL")
	mistakes(t, "none", one(model.Map("item", func(*items) model.Spec {
		return model.Spec{model.PrimaryKey(), model.Ignore("Owner")}
	})), "item: PrimaryKey: names no column", "item: has no primary key")
	mistakes(t, "another's", one(model.Map("item", func(*items) model.Spec {
		return model.Spec{model.PrimaryKey(mapOwners().ID), model.Ignore("Owner")}
	})), "item: PrimaryKey: owner.id is a column of another table", "item: has no primary key")
}

func TestFieldMistakes(t *testing.T) {
	t.Parallel()
	type absent struct {
		model.Table[Item]
		ID, Gone, Lost expr.Int
	}
	mistakes(t, "no field", one(model.Map("item", func(t *absent) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Ignore("Name", "Note", "OwnerID", "Size", "Owner")}
	})),
		"item: column gone: struct Item has no field Gone", "item: column lost: struct Item has no field Lost")

	type wrong struct {
		model.Table[Item]
		ID   expr.Int
		Name expr.Int
		Note expr.NullTime
		Size expr.Text
	}
	mistakes(t, "wrong type", one(model.Map("item", func(t *wrong) model.Spec { return model.Spec{model.PrimaryKey(t.ID), model.Ignore("OwnerID", "Owner")} })),
		"item: column name: field Item.Name is string…int64", "item: column note: field Item.Note is *string…time.Time",
		"item: column size: field Item.Size is int32…string")

	type unexported struct {
		model.Table[Item]
		ID     expr.Int
		Hidden expr.Text
	}
	_ = Item{}.hidden
	mistakes(t, "unexported", one(model.Map("item", func(t *unexported) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Ignore("Name", "Note", "OwnerID", "Size", "Owner")}
	})),
		"item: column hidden: struct Item has no field Hidden")

	type nullable struct {
		model.Table[Item]
		ID   expr.Int
		Name expr.NullText
		Size expr.NullInt32
	}
	mistakes(t, "NULL in a field without", one(model.Map("item", func(t *nullable) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Ignore("Note", "OwnerID", "Owner")}
	})),
		"item: column name: field Item.Name is string, which cannot hold NULL",
		"item: column size: field Item.Size is int32, which cannot hold NULL")

	type notNull struct {
		model.Table[Item]
		ID   expr.Int
		Note expr.Text
	}
	mistakes(t, "a pointer for NOT NULL", one(model.Map("item", func(t *notNull) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Ignore("Name", "OwnerID", "Size", "Owner")}
	})),
		"item: column note: field Item.Note is *string, but the column is not null")
	if _, err := model.NewSchema(model.Map("item", func(t *notNull) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Ignore("Name", "OwnerID", "Size", "Owner"), model.ServerDefault(t.Note, "''")}
	})); err != nil {
		t.Errorf("a pointer for NOT NULL with a default: %v", err)
	}

	type number struct {
		model.Table[int]
		ID expr.Int
	}
	mistakes(t, "no struct", one(model.Map("item", func(*number) model.Spec { return nil })), "item: int is no struct")
}

func TestSchemaMistakes(t *testing.T) {
	t.Parallel()
	item, owner := mapItems("item", nil), mapOwners()
	mistakes(t, "the same twice", []model.Mapped{item, owner, item}, "item: is in the schema twice")
	mistakes(t, "two mappings of a struct", []model.Mapped{item, mapItems("thing", nil)}, "thing: struct…Item is mapped to item already")
	mistakes(t, "two structs on a table", []model.Mapped{owner, mapItems("owner", nil)},
		"owner: two structs…Owner…Item, are mapped to this table")
	mistakes(t, "a zero table struct", []model.Mapped{&items{}, item}, "not made by model.Map")
	mistakes(t, "a zero table struct, not a pointer", []model.Mapped{items{}}, "not made by model.Map")
	mistakes(t, "nil", []model.Mapped{nil}, "not made by model.Map")
	mistakes(t, "a nil pointer", []model.Mapped{(*items)(nil)}, "not made by model.Map")
	mistakes(t, "mistakes of two tables", []model.Mapped{
		mapItems("item", func(t *items) model.Spec { return model.Spec{model.Size(0, t.Name)} }),
		model.Map("owner", func(*owners) model.Spec { return model.Spec{model.Ignore("Items")} }),
	}, "item: Size: 0 of column name", "owner: has no primary key")
	elsewhere := mapItems("owner", func(*items) model.Spec { return model.Spec{model.InSchema("other")} })
	if _, err := model.NewSchema(owner, elsewhere); err != nil {
		t.Errorf("the same name in another schema: %v", err)
	}
	defer func() {
		var me *model.MappingError
		if err, _ := recover().(error); !errors.As(err, &me) {
			t.Errorf("MustSchema panics with %v", err)
		}
	}()
	model.MustSchema(&items{})
}

func TestIdentifierMistakes(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "\x00", "a\x00b"} {
		for name, m := range map[string]model.Mapped{
			"table":  mapItems(bad, nil),
			"column": mapItems("item", func(t *items) model.Spec { return model.Spec{model.Name(bad, t.Name)} }),
		} {
			_, err := model.NewSchema(m)
			var me *model.MappingError
			if !errors.As(err, &me) || !errors.Is(err, expr.ErrIdentifier) || len(me.Mistakes) != 1 {
				t.Errorf("%s %q: error is %v", name, bad, err)
			}
		}
	}
	_, err := model.NewSchema(mapItems("item", func(*items) model.Spec { return model.Spec{model.InSchema("\x00")} }))
	if !errors.Is(err, expr.ErrIdentifier) {
		t.Errorf("schema: error is %v", err)
	}
}
