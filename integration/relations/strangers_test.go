package relations_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestRemoveStranger: to remove an object that has a row and is not in the session would write nothing, so it is an error; a new one, or one whose
// row is gone, was not there.
func TestRemoveStranger(t *testing.T) {
	t.Parallel()
	j := openJukebox(t)
	ok(t, j.Close(ctx))
	eng, _ := openOn(t, cabinet)
	songB := query.Select(Songs).Filter(Songs.Title.Eq("b"))
	for name, get := range map[string]func(t *testing.T, s *session.Session) *Song{
		"engine": func(t *testing.T, _ *session.Session) *Song { return must[*Song](t)(songB.One(ctx, j.eng)) },
		"expunged": func(t *testing.T, s *session.Session) *Song {
			b := must[*Song](t)(songB.One(ctx, s))
			s.Expunge(b)
			return b
		},
		"loaded and expunged": func(t *testing.T, s *session.Session) *Song {
			p := must[*Playlist](t)(session.Get(ctx, s, Playlists, 1))
			b := must[[]*Song](t)(p.Songs.All(ctx))[1]
			s.Expunge(b)
			return b
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t, j.eng)
			b := get(t, s)
			p := must[*Playlist](t)(session.Get(ctx, s, Playlists, 1))
			p.Songs.Remove(b)
			missing(t, s.Commit(ctx), "Song(id=2)", "Songs of Playlist(id=1)")
			p.Songs.Remove(b)
			ok(t, s.Rollback(ctx))
			ok(t, s.Commit(ctx))
			equal(t, "rows", rowsOf(t, j.eng, "SELECT title FROM song WHERE playlist_id = 1"), "(a) (b) (c)")
			ok(t, s.Close(ctx))
		})
	}
	s := begin(t, eng)
	d, l, gone := &Doc{Name: "d"}, &Label{Name: "l"}, &Label{Name: "gone"}
	s.Add(d, l, gone)
	d.Labels.Add(l, gone)
	ok(t, s.Commit(ctx))
	s.Delete(gone)
	ok(t, s.Commit(ctx))
	d.Labels.Remove(&Label{Name: "new"}, gone)
	ok(t, s.Commit(ctx))
	s.Expunge(l)
	d.Labels.Remove(l)
	missing(t, s.Commit(ctx), "Label(id=1)", "Labels of Doc(id=1)")
	s.Add(l)
	d.Labels.Remove(l)
	ok(t, s.Commit(ctx))
	equal(t, "pairs", rowsOf(t, eng, "TABLE doc_label"), "")
}
