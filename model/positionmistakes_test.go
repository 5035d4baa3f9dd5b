package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

type (
	// Album and Track are mapped as an ordered list, rightly and wrongly.
	Album struct {
		ID     int64
		Tracks model.Many[Track]
		Bonus  model.Many[Track]
		Best   model.One[Track]
	}
	// Track is of an album.
	Track struct {
		ID      int64
		AlbumID *int64
		No      int32
		Rank    *int32
		At      time.Time
	}

	albums struct {
		model.Table[Album]
		ID     expr.Int
		Tracks model.ToMany[Album, Track]
		Bonus  model.ToMany[Album, Track]
		Best   model.ToOne[Album, Track]
	}
	tracks struct {
		model.Table[Track]
		ID      expr.Int
		AlbumID expr.NullInt
		No      expr.Int32
		Rank    expr.NullInt32
		At      expr.Time
	}
)

// TestPositionMistakes: a column that cannot keep the order of a list is told with table and relationship.
func TestPositionMistakes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		spec func(a *albums, t *tracks) model.Spec
		want string
	}{
		{"right", func(a *albums, t *tracks) model.Spec { return model.Spec{model.Position(a.Tracks, t.No).From(1)} }, ""},
		{"nothing", func(_ *albums, t *tracks) model.Spec { return model.Spec{model.Position(nil, t.No)} }, "Position: takes a ToMany"},
		{"no column", func(a *albums, t *tracks) model.Spec { return model.Spec{model.Position(a.Tracks, t.No.Plus(1))} }, "takes a column of its target's table"},
		{"twice", func(a *albums, t *tracks) model.Spec {
			return model.Spec{model.Position(a.Tracks, t.No), model.Position(a.Tracks, t.No)}
		}, "Position of relationship Tracks: said twice"},
		{"of two lists", func(a *albums, t *tracks) model.Spec {
			return model.Spec{model.Position(a.Tracks, t.No), model.Position(a.Bonus, t.No)}
		}, "keeps the order of another list"},
		{"another table", func(a *albums, _ *tracks) model.Spec { return model.Spec{model.Position(a.Tracks, a.ID)} }, "album.id is no column of track"},
		{"nullable", func(a *albums, t *tracks) model.Spec { return model.Spec{model.Position(a.Tracks, t.Rank)} }, "column track.rank is to be an integer that is not null"},
		{"no integer", func(a *albums, t *tracks) model.Spec { return model.Spec{model.Position(a.Tracks, t.At)} }, "column track.at is to be an integer"},
		{"OrderBy", func(a *albums, t *tracks) model.Spec {
			return model.Spec{model.Position(a.Tracks, t.No), model.OrderBy(a.Tracks, t.ID.Asc())}
		}, "beside which there is no OrderBy"},
		{"a one-to-one", func(a *albums, t *tracks) model.Spec { return model.Spec{model.Position(a.Best, t.No)} }, "it is for the ToMany of a foreign key"},
		{"a view", func(a *albums, t *tracks) model.Spec {
			return model.Spec{model.Position(a.Tracks, t.No), model.ViewOnly(a.Tracks)}
		}, "it is for the ToMany of a foreign key"},
		{"a many-to-many", func(a *albums, t *tracks) model.Spec {
			return model.Spec{model.Position(a.Tracks, t.No), model.ManyToMany(a.Tracks, "pairs")}
		}, "it is for the ToMany of a foreign key"},
		{"a generated key", func(a *albums, t *tracks) model.Spec { return model.Spec{model.Position(a.Tracks, t.ID)} }, "has a value of its own"},
		{"a default", func(a *albums, t *tracks) model.Spec {
			return model.Spec{model.Position(a.Tracks, t.No), model.ServerDefault(t.No, "7"), model.ZeroIsUnset(t.No)}
		}, "has a value of its own"},
		{"deferred", func(a *albums, t *tracks) model.Spec {
			return model.Spec{model.Position(a.Tracks, t.No), model.Deferred(t.No)}
		}, "is Deferred"},
		{"a version", func(a *albums, t *tracks) model.Spec {
			return model.Spec{model.Position(a.Tracks, t.No), model.Version(t.No)}
		}, "is the version"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := model.Map("album", func(t *albums) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
			r := model.Map("track", func(r *tracks) model.Spec {
				spec := append(c.spec(a, r), model.PrimaryKey(r.ID), model.ForeignKey(r.AlbumID, a.ID))
				return spec
			})
			_, err := model.NewSchema(a, r)
			switch {
			case c.want == "" && err != nil:
				t.Errorf("error is %v", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("error is %v, want %s", err, c.want)
			}
		})
	}
}

// Link is one of a chain.
type Link struct {
	ID     int64
	PrevID *int64
	Prev   model.One[Link]
	Next   model.One[Link]
}

type chainLinks struct {
	model.Table[Link]
	ID     expr.Int
	PrevID expr.NullInt
	Prev   model.ToOne[Link, Link]
	Next   model.ToOne[Link, Link]
}

// TestTwoReferencesByOneKey: two references of a table to itself by one foreign key are the two sides of a one-to-one, which must be said.
func TestTwoReferencesByOneKey(t *testing.T) {
	t.Parallel()
	for want, more := range map[string]func(t *chainLinks) model.Spec{
		"": func(t *chainLinks) model.Spec {
			return model.Spec{model.Inverse(t.Prev, t.Next), model.DeleteMembers(t.Next)}
		},
		"relationship Prev: Link.Next goes by the same foreign key": func(*chainLinks) model.Spec { return nil },
		"DeleteMembers, DeleteOrphans and DatabaseDeletes are of the side whose rows others refer to": func(t *chainLinks) model.Spec {
			return model.Spec{model.Inverse(t.Next, t.Prev), model.Via(t.Prev, t.PrevID), model.DeleteMembers(t.Prev)}
		},
	} {
		_, err := model.NewSchema(model.Map("link", func(t *chainLinks) model.Spec {
			return append(more(t), model.PrimaryKey(t.ID), model.ForeignKey(t.PrevID, t.ID))
		}))
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
}
