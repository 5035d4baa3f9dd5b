package model_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

type (
	relatedItems struct {
		model.Table[Item]
		ID      expr.Int
		OwnerID expr.NullInt
		Owner   model.ToOne[Item, Owner]
	}
	relatedOwners struct {
		model.Table[Owner]
		ID    expr.Int
		Items model.ToMany[Owner, Item]
	}
)

func mapRelatedOwners() *relatedOwners {
	return model.Map("owner", func(t *relatedOwners) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
}

func TestRelationMistakes(t *testing.T) {
	t.Parallel()
	rest := model.Ignore("Name", "Note", "Size")
	key := func(t *relatedItems) model.Spec { return model.Spec{model.PrimaryKey(t.ID), rest} }
	mistakes(t, "no foreign key", []model.Mapped{mapRelatedOwners(), model.Map("item", key)},
		"owner: relationship Items: no foreign key leads from item to owner",
		"item: relationship Owner: no foreign key leads from item to owner")
	mistakes(t, "target not in the schema", one(model.Map("item", key)),
		"item: relationship Owner: struct…Owner is not mapped in this schema")

	owner := mapRelatedOwners()
	mistakes(t, "ambiguous", []model.Mapped{owner, model.Map("item", func(t *relatedItems) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), rest, model.ForeignKey(t.OwnerID, owner.ID), model.ForeignKey(t.ID, owner.ID)}
	})}, "owner: relationship Items: 2 foreign keys lead from item to owner",
		"item: relationship Owner: 2 foreign keys lead from item to owner")

	owner = mapRelatedOwners()
	item := model.Map("item", func(t *relatedItems) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), rest, model.ForeignKey(t.OwnerID, owner.ID), model.ForeignKey(t.ID, owner.ID),
			model.Via(t.Owner, t.OwnerID), model.Inverse(t.Owner, owner.Items),
		}
	})
	if _, err := model.NewSchema(owner, item); err != nil {
		t.Errorf("with Via and Inverse: %v", err)
	}

	owner = mapRelatedOwners()
	mistakes(t, "Via of no foreign key", []model.Mapped{owner, model.Map("item", func(t *relatedItems) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), rest, model.ForeignKey(t.OwnerID, owner.ID), model.Via(t.Owner, t.ID)}
	})}, "item: relationship Owner: the columns named with model.Via are no foreign key from item to owner")

	owner = mapRelatedOwners()
	mistakes(t, "Via of an expression", []model.Mapped{owner, model.Map("item", func(t *relatedItems) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), rest, model.ForeignKey(t.OwnerID, owner.ID), model.Via(t.Owner, t.ID.Plus(1))}
	})}, "item: Via of relationship Owner: takes columns")

	type strict struct {
		model.Table[Item]
		ID      expr.Int
		OwnerID expr.NullInt
		Size    expr.Int
		Owner   model.ToOne[Item, Owner]
	}
	owner = mapRelatedOwners()
	mistakes(t, "PostUpdate of a key that is not null", []model.Mapped{owner, model.Map("item", func(t *strict) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Ignore("Name", "Note"), model.ForeignKey(t.Size, owner.ID), model.PostUpdate(t.Owner)}
	})}, "item: relationship Owner: PostUpdate: column item.size is not null")
}

func TestRelationFieldMistakes(t *testing.T) {
	t.Parallel()
	type absent struct {
		model.Table[Owner]
		ID    expr.Int
		Gone  model.ToMany[Owner, Item]
		Items model.ToOne[Owner, Item]
		ToMe  model.ToMany[Item, Owner]
	}
	_, err := model.NewSchema(model.Map("owner", func(t *absent) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} }))
	var me *model.MappingError
	if !errors.As(err, &me) {
		t.Fatal(err)
	}
	for _, want := range []string{
		"owner: relationship Gone: struct Owner has no field Gone",
		"owner: relationship Items: field Owner.Items is model.Many",
		"owner: relationship ToMe: says that its owner is model_test.Item",
	} {
		if !containsMistake(me, want) {
			t.Errorf("%v\ndoes not say %s", err, want)
		}
	}
}

func containsMistake(me *model.MappingError, want string) bool {
	for _, m := range me.Mistakes {
		if len(m.Error()) >= len(want) && m.Error()[:len(want)] == want {
			return true
		}
	}
	return false
}

// Parent and Child are related, and have JSON.
type Parent struct {
	ID       int64               `json:"id"`
	Children model.Many[Child]   `json:"children,omitzero"`
	Always   model.Many[Child]   `json:"always"`
	Friend   model.One[Parent]   `json:"friend,omitzero"`
	Best     model.One[Parent]   `json:"best"`
	Others   *model.Many[Parent] `json:"others,omitempty"`
}

// Child has a parent.
type Child struct {
	Name   string            `json:"name"`
	Parent model.One[Parent] `json:"parent,omitzero"`
}

func encoded(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestOneOutside(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var p Parent
	if got := encoded(t, &p); got != `{"id":0,"always":null,"best":null}` {
		t.Errorf("JSON is %s", got)
	}
	if _, err := p.Friend.Get(ctx); !errors.Is(err, model.ErrDetached) {
		t.Errorf("Get of a new object: error is %v", err)
	}
	if f, known := p.Friend.Peek(); f != nil || known || !p.Friend.IsZero() {
		t.Errorf("Peek of a new object gives %v, %v", f, known)
	}
	if got := fmt.Sprint(p.Friend); got != "(not loaded)" {
		t.Errorf("it is printed %s", got)
	}
	f := &Parent{ID: 7}
	p.Friend.Set(f)
	got, err := p.Friend.Get(ctx)
	if err != nil || got != f || p.Friend.IsZero() || p.Friend.String() != "(loaded)" {
		t.Errorf("after Set: %v, %v, %s", got, err, p.Friend)
	}
	if got := encoded(t, &p); got != `{"id":0,"always":null,"friend":{"id":7,"always":null,"best":null},"best":null}` {
		t.Errorf("JSON after Set is %s", got)
	}
	p.Friend.Set(nil)
	got, err = p.Friend.Get(ctx)
	if err != nil || got != nil || p.Friend.IsZero() || p.Friend.String() != "(none)" {
		t.Errorf("after Set of nil: %v, %v, %s", got, err, p.Friend)
	}
	if got := encoded(t, p); got != `{"id":0,"always":null,"friend":null,"best":null}` {
		t.Errorf("JSON after Set of nil is %s", got)
	}
}

func TestManyOutside(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var p Parent
	all, err := p.Children.All(ctx)
	if err != nil || len(all) != 0 || !p.Children.IsZero() || p.Children.String() != "(not loaded)" {
		t.Errorf("of a new object: %v, %v, %s", all, err, p.Children)
	}
	a, b := &Child{Name: "a"}, &Child{Name: "b"}
	p.Children.Add(a, nil, b, a)
	p.Children.Add(b)
	if all, err = p.Children.All(ctx); err != nil || len(all) != 2 || all[0] != a || all[1] != b {
		t.Errorf("after Add: %v, %v", all, err)
	}
	if got := encoded(t, &p); got != `{"id":0,"children":[{"name":"a"},{"name":"b"}],"always":null,"best":null}` {
		t.Errorf("JSON is %s", got)
	}
	p.Children.Remove(a, nil, &Child{})
	if now, err := p.Children.All(ctx); err != nil || len(now) != 1 || now[0] != b || len(all) != 2 || all[0] != a {
		t.Errorf("after Remove: %v, %v; the slice given before is %v", now, err, all)
	}
	if peeked, known := p.Children.Peek(); len(peeked) != 1 || known {
		t.Errorf("Peek gives %v, %v", peeked, known)
	}
	p.Children.Remove(b)
	if got := encoded(t, p); got != `{"id":0,"always":null,"best":null}` {
		t.Errorf("JSON of an empty list is %s", got)
	}
}

// Parent and child that refer to each other give JSON that ends.
func TestJSONCircle(t *testing.T) {
	t.Parallel()
	p, c := &Parent{ID: 1}, &Child{Name: "c"}
	p.Children.Add(c)
	c.Parent.Set(p)
	for _, v := range []any{p, c} {
		if got := encoded(t, v); len(got) > 300 {
			t.Errorf("JSON is %s", got)
		}
	}
	p.Friend.Set(p)
	if _, err := json.Marshal(p); !errors.Is(err, model.ErrCircular) {
		t.Errorf("one's own friend: error is %v", err)
	}
}

// TestNullAmongObjects: a null in a JSON list is no object, and is not passed over.
func TestNullAmongObjects(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{"children": [null]}`, `{"children": [{"name": "a"}, null, {"name": "b"}]}`} {
		p := Parent{ID: 7}
		p.Children.Add(&Child{Name: "kept"})
		if err := json.Unmarshal([]byte(text), &p); err == nil || !strings.Contains(err.Error(), "is null") {
			t.Errorf("%s: %v", text, err)
		}
		if kept, _ := p.Children.Peek(); len(kept) != 1 || kept[0].Name != "kept" {
			t.Errorf("%s: the list is %v", text, kept)
		}
	}
	p := Parent{ID: 7}
	if err := json.Unmarshal([]byte(`{"children": null}`), &p); err != nil || !p.Children.IsZero() {
		t.Errorf("null of the whole list: %v, %v", p.Children, err)
	}
}
