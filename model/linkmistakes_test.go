package model_test

import (
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

type (
	// Song and Singer are mapped to each other rightly and wrongly.
	Song struct {
		ID      int64
		Singers model.Many[Singer]
		Writers model.Many[Singer]
	}
	Singer struct {
		ID     int64
		SongID *int64
		Songs  model.Many[Song]
		Wrote  model.Many[Song]
		Song   model.One[Song]
	}
	// Singing is a pair of them.
	Singing struct{ SongID, SingerID int64 }

	songs struct {
		model.Table[Song]
		ID      expr.Int
		Singers model.ToMany[Song, Singer]
		Writers model.ToMany[Song, Singer]
	}
	singers struct {
		model.Table[Singer]
		ID     expr.Int
		SongID expr.NullInt
		Songs  model.ToMany[Singer, Song]
		Wrote  model.ToMany[Singer, Song]
		Song   model.ToOne[Singer, Song]
	}
	singings struct {
		model.Table[Singing]
		SongID, SingerID expr.Int
	}
)

// TestManyToManyMistakes: a many-to-many or a view that cannot be is told with table and relationship.
func TestManyToManyMistakes(t *testing.T) {
	t.Parallel()
	right := func(s *songs, r *singers) model.Spec {
		return model.Spec{
			model.ManyToMany(s.Singers, "song_singer"), model.Inverse(s.Singers, r.Songs),
			model.ManyToMany(s.Writers, "song_writer"), model.Inverse(s.Writers, r.Wrote),
		}
	}
	for _, c := range []struct {
		name   string
		spec   func(s *songs, r *singers) model.Spec
		entity bool
		want   []string
	}{
		{"right", right, false, nil},
		{"which is the other side", func(s *songs, _ *singers) model.Spec {
			return model.Spec{model.ManyToMany(s.Singers, "song_singer"), model.ManyToMany(s.Writers, "song_writer")}
		}, false, []string{"song: relationship Singers: both Singer.Songs and Singer.Wrote could be its other side: say which with model.Inverse"}},
		{"twice", func(s *songs, r *singers) model.Spec {
			return append(right(s, r), model.ManyToMany(s.Singers, "other"))
		}, false, []string{"ManyToMany of relationship Singers: said twice"}},
		{"a nil relationship", func(s *songs, r *singers) model.Spec {
			return append(right(s, r), model.ManyToMany(nil, "other"), model.ViewOnly(nil))
		}, false, []string{"ManyToMany: takes a ToMany", "ViewOnly: takes a relationship"}},
		{"a ToOne", func(s *songs, r *singers) model.Spec {
			return append(right(s, r), model.ManyToMany(r.Song, "other"))
		}, false, []string{"ManyToMany: takes a ToMany"}},
		{"an action", func(s *songs, r *singers) model.Spec {
			return append(right(s, r)[1:], model.ManyToMany(s.Singers, "song_singer").OnDelete("SET NULL"))
		}, false, []string{`"SET NULL" is no action of a key's column`}},
		{"a name", func(s *songs, r *singers) model.Spec {
			return append(right(s, r)[1:], model.ManyToMany(s.Singers, strings.Repeat("n", 64)))
		}, false, []string{"has 64 bytes"}},
		{"columns", func(s *songs, r *singers) model.Spec {
			return append(right(s, r)[1:], model.ManyToMany(s.Singers, "song_singer").OwnerColumns("a", "b"))
		}, false, []string{"OwnerColumns names 2 columns; the primary key of song has 1"}},
		{"the same columns", func(s *songs, r *singers) model.Spec {
			return append(right(s, r)[1:], model.ManyToMany(s.Singers, "song_singer").OwnerColumns("a").TargetColumns("a"))
		}, false, []string{"the columns to its two ends would both be called a"}},
		{"members", func(s *songs, r *singers) model.Spec {
			return append(right(s, r), model.DeleteMembers(s.Singers))
		}, false, []string{"DeleteMembers and DeleteOrphans are not for a many-to-many"}},
		{"Via", func(s *songs, r *singers) model.Spec {
			return append(right(s, r), model.Via(s.Singers, r.SongID))
		}, false, []string{"model.Via names a foreign key"}},
		{"two writers", func(s *songs, r *singers) model.Spec {
			return model.Spec{
				model.ManyToMany(s.Singers, "song_singer"), model.Inverse(s.Singers, r.Songs),
				model.ManyToMany(s.Writers, "song_singer"), model.Inverse(s.Writers, r.Wrote),
			}
		}, false, []string{"song: relationship Writers: table song_singer is written by Song.Singers already"}},
		{"both sides", func(s *songs, r *singers) model.Spec {
			return append(right(s, r), model.ManyToMany(r.Songs, "song_singer"))
		}, false, []string{"cannot be its other side"}},
		{"a mapped table", func(s *songs, r *singers) model.Spec {
			return append(right(s, r)[2:], model.ManyToMany(s.Singers, "singing"), model.Inverse(s.Singers, r.Songs))
		}, true, []string{"song: relationship Singers: table singing is written by struct Singing already: say model.ViewOnly of the relationship"}},
		{"a view of another table's rows", func(s *songs, r *singers) model.Spec {
			return append(right(s, r)[2:], model.ManyToMany(s.Singers, "singing"), model.ViewOnly(s.Singers, s.ID.Gt(1)), model.Ignore("Songs"))
		}, true, []string{"ViewOnly: a condition mentions another table than singer"}},
		{"a view with another side", func(s *songs, r *singers) model.Spec {
			return append(right(s, r), model.ViewOnly(s.Singers))
		}, false, []string{"ViewOnly: it has no other side"}},
		{"a view of the foreign key's side", func(s *songs, r *singers) model.Spec {
			return append(right(s, r), model.ViewOnly(r.Song), model.ForeignKey(r.SongID, s.ID))
		}, false, []string{"ViewOnly: the foreign key is of singer itself"}},
		{"orphans of the foreign key's side", func(s *songs, r *singers) model.Spec {
			return append(right(s, r), model.DeleteOrphans(r.Song), model.ForeignKey(r.SongID, s.ID))
		}, false, []string{"are of the side whose rows others refer to"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := model.Map("song", func(t *songs) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
			r := model.Map("singer", func(r *singers) model.Spec {
				spec := append(c.spec(s, r), model.PrimaryKey(r.ID))
				if !strings.Contains(c.name, "foreign key's side") {
					spec = append(spec, model.ForeignKey(r.SongID, s.ID))
				}
				return spec
			})
			tables := []model.Mapped{s, r}
			if c.entity {
				tables = append(tables, model.Map("singing", func(t *singings) model.Spec {
					return model.Spec{model.PrimaryKey(t.SongID, t.SingerID), model.ForeignKey(t.SongID, s.ID), model.ForeignKey(t.SingerID, r.ID)}
				}))
			}
			_, err := model.NewSchema(tables...)
			if len(c.want) == 0 {
				if err != nil {
					t.Errorf("error is %v", err)
				}
				return
			}
			for _, want := range c.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error is %v, want %s", err, want)
				}
			}
		})
	}
}
