package relationships_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// begin mapping

type Playlist struct {
	ID    int64
	Name  string
	Songs model.Many[Song]
}

type Song struct {
	ID         int64
	Title      string
	No         int32 // the place in the playlist, which the list decides
	PlaylistID *int64
	Playlist   model.One[Playlist]
}

type playlists struct {
	model.Table[Playlist]
	ID    expr.Int
	Name  expr.Text
	Songs model.ToMany[Playlist, Song]
}

type songs struct {
	model.Table[Song]
	ID         expr.Int
	Title      expr.Text
	No         expr.Int32
	PlaylistID expr.NullInt
	Playlist   model.ToOne[Song, Playlist]
}

var Playlists = model.Map("playlist", func(t *playlists) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID)}
})

var Songs = model.Map("song", func(t *songs) model.Spec {
	return model.Spec{
		model.PrimaryKey(t.ID), model.ForeignKey(t.PlaylistID, Playlists.ID),
		model.Position(Playlists.Songs, t.No), model.Unique(t.PlaylistID, t.No).Deferrable(),
	}
})

// end mapping

var music = model.MustSchema(Playlists, Songs)

// Ordered lists.
//
// Position names the column of the target that keeps the order: 0, 1, 2 and so on, or from another number with From. Insert and Replace put
// items where they shall be, Add at the end, and what leaves the list has the others move up. The flush writes the positions that differ,
// with the rows; a list that was not changed stays as it is. What is added to a list that is not loaded comes after the last row, which the
// flush reads.
func (Kinds) Ordered(ctx context.Context, s *session.Session) error {
	p := &Playlist{Name: "Best of"}
	one, two, three := &Song{Title: "one"}, &Song{Title: "two"}, &Song{Title: "three"}
	p.Songs.Add(one, two, three)
	s.Add(p)
	if err := s.Commit(ctx); err != nil {
		return err
	}
	p.Songs.Add(&Song{Title: "last"}) // the list is not loaded since the commit
	if err := s.Commit(ctx); err != nil {
		return err
	}
	if err := p.Songs.Insert(ctx, 0, three); err != nil { // it moves to the front
		return err
	}
	p.Songs.Remove(two)
	return s.Commit(ctx)
}

// Sorted by the program
//
// Replace is given all items in their order, as it came from a page; Merge does the same with a graph that was read from JSON, whatever
// positions its items have there.
func (Kinds) OrderedReplace(ctx context.Context, s *session.Session) error {
	p, err := query.Select(Playlists).One(ctx, s)
	if err != nil {
		return err
	}
	songs, err := query.Select(Songs).Filter(Songs.Playlist.Is(p)).OrderBy(Songs.Title).All(ctx, s)
	if err != nil {
		return err
	}
	if err := p.Songs.Replace(ctx, songs...); err != nil {
		return err
	}
	return s.Commit(ctx)
}
