package relations_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// A playlist has songs in an order, and chapters of its booklet by numbers that are their keys.
type (
	Playlist struct {
		ID       int64
		Name     string
		Songs    model.Many[Song]
		Chapters model.Many[Chapter]
		Strict   model.Many[Strict]
	}
	Song struct {
		ID         int64
		Title      string
		No         int32
		PlaylistID *int64
		Playlist   model.One[Playlist]
	}
	Chapter struct { // its key has the position; there is no way back to the playlist
		PlaylistID int64
		Number     int64
		Title      string
	}
	Strict struct { // its positions are unique at any time, and it has a version
		ID         int64
		Title      string
		No         int16
		PlaylistID *int64
		Version    int64
		Playlist   model.One[Playlist]
	}
	playlists struct {
		model.Table[Playlist]
		ID       expr.Int
		Name     expr.Text
		Songs    model.ToMany[Playlist, Song]
		Chapters model.ToMany[Playlist, Chapter]
		Strict   model.ToMany[Playlist, Strict]
	}
	songs struct {
		model.Table[Song]
		ID         expr.Int
		Title      expr.Text
		No         expr.Int32
		PlaylistID expr.NullInt
		Playlist   model.ToOne[Song, Playlist]
	}
	chapters struct {
		model.Table[Chapter]
		PlaylistID expr.Int
		Number     expr.Int
		Title      expr.Text
	}
	stricts struct {
		model.Table[Strict]
		ID         expr.Int
		Title      expr.Text
		No         expr.Int16
		PlaylistID expr.NullInt
		Version    expr.Int
		Playlist   model.ToOne[Strict, Playlist]
	}
)

var (
	Playlists = model.Map("playlist", func(t *playlists) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.DeleteOrphans(t.Chapters)}
	})
	Songs = model.Map("song", func(t *songs) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.PlaylistID, Playlists.ID),
			model.Position(Playlists.Songs, t.No), model.Unique(t.PlaylistID, t.No).Deferrable(),
		}
	})
	Chapters = model.Map("chapter", func(t *chapters) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.PlaylistID, t.Number), model.ForeignKey(t.PlaylistID, Playlists.ID), model.Position(Playlists.Chapters, t.Number).From(1),
		}
	})
	Stricts = model.Map("strict", func(t *stricts) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.PlaylistID, Playlists.ID), model.Version(t.Version),
			model.Position(Playlists.Strict, t.No), model.Unique(t.PlaylistID, t.No),
		}
	})
	music = model.MustSchema(Playlists, Songs, Chapters, Stricts)
)

func titles[T any](t testing.TB, list *model.Many[T], title func(*T) string) string {
	t.Helper()
	var all []string
	for _, x := range must[[]*T](t)(list.All(ctx)) {
		all = append(all, title(x))
	}
	return strings.Join(all, " ")
}

func songTitle(s *Song) string { return s.Title }

// stored returns the songs as the rows have them: "A: 0a 1b".
func stored(t testing.TB, eng *session.Engine) string {
	t.Helper()
	return rowsOf(t, eng, `SELECT format('%s: %s', p.name, string_agg(s.no || s.title, ' ' ORDER BY s.no, s.id)) FROM playlist p JOIN song s ON p.id = s.playlist_id GROUP BY p.name`)
}

// jukebox is a session with two playlists of three songs each, and one without.
type jukebox struct {
	*session.Session
	eng *session.Engine
	rec *recorder
	p   []*Playlist // A, B, C
	s   map[string]*Song
}

func openJukebox(t testing.TB) *jukebox {
	t.Helper()
	eng, rec := openOn(t, music)
	j := &jukebox{eng: eng, rec: rec}
	j.seed(t)
	return j
}

func (j *jukebox) seed(t testing.TB) {
	t.Helper()
	_, err := j.eng.Pool().Exec(ctx, "TRUNCATE playlist, song, chapter, strict RESTART IDENTITY")
	ok(t, err)
	s := j.eng.Session()
	a, b := &Playlist{Name: "A"}, &Playlist{Name: "B"}
	a.Songs.Add(&Song{Title: "a"}, &Song{Title: "b"}, &Song{Title: "c"})
	b.Songs.Add(&Song{Title: "x"}, &Song{Title: "y"}, &Song{Title: "z"})
	s.Add(a, b, &Playlist{Name: "C"})
	ok(t, s.Commit(ctx))
	ok(t, s.Close(ctx))
	j.read(t)
}

func (j *jukebox) read(t testing.TB) {
	t.Helper()
	j.Session = j.eng.Session()
	j.p = must[[]*Playlist](t)(query.Select(Playlists).OrderBy(Playlists.ID).All(ctx, j))
	j.s = map[string]*Song{}
	for _, s := range must[[]*Song](t)(query.Select(Songs).All(ctx, j)) {
		j.s[s.Title] = s
	}
	j.rec.take()
}

func (j *jukebox) load(t testing.TB) {
	t.Helper()
	for _, p := range j.p {
		titles(t, &p.Songs, songTitle)
	}
	j.rec.take()
}

// TestPositions: what is done to an ordered list, loaded or not, and the rows that the flush makes of it.
func TestPositions(t *testing.T) {
	t.Parallel()
	j := openJukebox(t)
	const as, bs = "(A: 0a 1b 2c)", "(B: 0x 1y 2z)"
	q := func(rows ...string) string {
		for i, r := range rows {
			rows[i] = `("` + strings.Trim(r, "()") + `")`
		}
		return strings.Join(rows, " ")
	}
	for _, tc := range []struct {
		name string
		do   func(t *testing.T, j *jukebox)
		rows string // with loaded lists
		gaps string // without; "": the same
	}{
		{"nothing", func(*testing.T, *jukebox) {}, q(as, bs), ""},
		{"add", func(_ *testing.T, j *jukebox) { j.p[0].Songs.Add(&Song{Title: "n"}, &Song{Title: "m"}) }, q("A: 0a 1b 2c 3n 4m", bs), ""},
		{"add to none", func(_ *testing.T, j *jukebox) { j.p[2].Songs.Add(&Song{Title: "n"}, &Song{Title: "m"}) }, q(as, bs, "C: 0n 1m"), ""},
		{"refer", func(_ *testing.T, j *jukebox) { s := &Song{Title: "n"}; s.Playlist.Set(j.p[0]); j.Add(s) }, q("A: 0a 1b 2c 3n", bs), ""},
		{"add what is there", func(_ *testing.T, j *jukebox) { j.p[0].Songs.Add(j.s["a"]) }, q(as, bs), ""},
		{"add with a position", func(_ *testing.T, j *jukebox) { j.p[0].Songs.Add(&Song{Title: "n", No: 7}) }, q("A: 0a 1b 2c 3n", bs), ""},
		{"remove", func(_ *testing.T, j *jukebox) { j.p[0].Songs.Remove(j.s["a"]) }, q("A: 0b 1c", bs), q("A: 1b 2c", bs)},
		{"remove and add", func(_ *testing.T, j *jukebox) { j.p[0].Songs.Remove(j.s["a"]); j.p[0].Songs.Add(j.s["a"]) }, q("A: 0b 1c 2a", bs), q(as, bs)},
		{"add and remove", func(_ *testing.T, j *jukebox) { s := &Song{Title: "n"}; j.p[0].Songs.Add(s); j.p[0].Songs.Remove(s) }, q(as, bs), ""},
		{"delete", func(_ *testing.T, j *jukebox) { j.Delete(j.s["b"]) }, q("A: 0a 1c", bs), q("A: 0a 2c", bs)},
		{"delete and keep", func(_ *testing.T, j *jukebox) { j.Delete(j.s["b"]); j.Add(j.s["b"]) }, q(as, bs), ""},
		{"move to another", func(_ *testing.T, j *jukebox) { j.p[1].Songs.Add(j.s["a"]) }, q("A: 0b 1c", "B: 0x 1y 2z 3a"), q("A: 1b 2c", "B: 0x 1y 2z 3a")},
		{"refer to another", func(_ *testing.T, j *jukebox) { j.s["a"].Playlist.Set(j.p[1]) }, q("A: 0b 1c", "B: 0x 1y 2z 3a"), q("A: 1b 2c", "B: 0x 1y 2z 3a")},
		{"refer to none", func(_ *testing.T, j *jukebox) { j.s["a"].Playlist.Set(nil) }, q("A: 0b 1c", bs), q("A: 1b 2c", bs)},
		{"insert", func(t *testing.T, j *jukebox) { ok(t, j.p[0].Songs.Insert(ctx, 1, &Song{Title: "n"}, nil, j.s["c"])) }, q("A: 0a 1n 2c 3b", bs), ""},
		{"insert from another", func(t *testing.T, j *jukebox) { ok(t, j.p[0].Songs.Insert(ctx, -1, j.s["y"])) }, q("A: 0y 1a 2b 3c", "B: 0x 1z"), ""},
		{"insert at the end", func(t *testing.T, j *jukebox) { ok(t, j.p[0].Songs.Insert(ctx, 99, j.s["a"])) }, q("A: 0b 1c 2a", bs), ""},
		{"replace", func(t *testing.T, j *jukebox) {
			ok(t, j.p[0].Songs.Replace(ctx, j.s["c"], &Song{Title: "n"}, j.s["a"], j.s["c"]))
		}, q("A: 0c 1n 2a", bs), ""},
		{"replace by the same", func(t *testing.T, j *jukebox) {
			ok(t, j.p[0].Songs.Replace(ctx, j.s["a"], j.s["b"], j.s["c"]))
		}, q(as, bs), ""},
		{"reverse and expire", func(t *testing.T, j *jukebox) {
			ok(t, j.p[0].Songs.Replace(ctx, j.s["c"], j.s["b"], j.s["a"]))
			j.p[0].Songs.Expire()
		}, q("A: 0c 1b 2a", bs), ""},
		{"reverse, and the owner expires", func(t *testing.T, j *jukebox) {
			ok(t, j.p[0].Songs.Replace(ctx, j.s["c"], j.s["b"], j.s["a"]))
			j.Expire(j.p[0])
			equal(t, "loaded again", titles(t, &j.p[0].Songs, songTitle), "c b a")
		}, q("A: 0c 1b 2a", bs), ""},
		{"reverse, read by a query", func(t *testing.T, j *jukebox) {
			ok(t, j.p[0].Songs.Replace(ctx, j.s["c"], j.s["b"], j.s["a"]))
			got := must[[]string](t)(query.Select(Songs.Title).Filter(Songs.PlaylistID.Eq(1)).OrderBy(Songs.No).All(ctx, j))
			equal(t, "read", strings.Join(got, " "), "c b a")
		}, q("A: 0c 1b 2a", bs), ""},
		{"out of a session and back", func(t *testing.T, j *jukebox) {
			ok(t, j.p[0].Songs.Replace(ctx, j.s["c"], j.s["b"], j.s["a"]))
			ok(t, j.Close(ctx))
			j.Session = j.eng.Session()
			j.Add(j.p[0])
		}, q("A: 0c 1b 2a", bs), ""},
		{"put into an order in no session", func(t *testing.T, j *jukebox) {
			ok(t, j.p[0].Songs.Insert(ctx, 0))
			ok(t, j.Close(ctx))
			ok(t, j.p[0].Songs.Insert(ctx, 0, j.s["c"], &Song{Title: "n"}))
			j.Session = j.eng.Session()
			j.Add(j.p[0])
		}, q("A: 0c 1n 2a 3b", bs), ""},
		{"a position that is set", func(_ *testing.T, j *jukebox) { j.s["c"].No = 9 }, q("A: 0a 1b 9c", bs), ""},
		{"a position that is set, and the list changes", func(t *testing.T, j *jukebox) {
			j.s["c"].No = 9
			j.Set(j.s["a"], Songs.No.To(5))
			ok(t, j.p[0].Songs.Insert(ctx, 0, j.s["b"])) // where the list is loaded, what was set is flushed before
		}, q("A: 0b 1a 2c", bs), q("A: 1b 5a 9c", bs)},
		{"a new owner", func(t *testing.T, j *jukebox) {
			p := &Playlist{Name: "D"}
			p.Songs.Add(&Song{Title: "n"}, &Song{Title: "m"})
			ok(t, p.Songs.Insert(ctx, 0, &Song{Title: "l"}, j.s["a"]))
			j.Add(p)
		}, q("A: 0b 1c", bs, "D: 0l 1a 2n 3m"), q("A: 1b 2c", bs, "D: 0l 1a 2n 3m")},
		{"the owner is deleted", func(_ *testing.T, j *jukebox) { j.Delete(j.p[0]) }, q(bs), ""},
		{"an item leaves the session", func(t *testing.T, j *jukebox) {
			titles(t, &j.p[0].Songs, songTitle)
			j.Expunge(j.s["b"])
			j.p[0].Songs.Add(&Song{Title: "n"})
		}, q("A: 0a 1b 2c 3n", bs), ""},
		{"a failed flush", func(t *testing.T, j *jukebox) {
			titles(t, &j.p[0].Songs, songTitle)
			j.Delete(j.s["a"])
			stray, owner := &Song{Title: "stray"}, &Playlist{Name: "nowhere"}
			owner.Songs.Add(stray)
			j.Add(stray)
			if err := j.Flush(ctx); err == nil {
				t.Fatal("no error")
			}
			equal(t, "position", j.s["c"].No, 2)
			j.Expunge(stray)
			j.Add(j.s["a"])
		}, q(as, bs), ""},
	} {
		for _, loaded := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/loaded %t", tc.name, loaded), func(t *testing.T) {
				want := tc.rows
				if !loaded && tc.gaps != "" {
					want = tc.gaps
				}
				for _, end := range []string{"commit", "rollback", "savepoint"} {
					j.seed(t)
					if loaded {
						j.load(t)
					}
					before := stored(t, j.eng)
					var sp *session.Savepoint
					if end == "savepoint" {
						sp = must[*session.Savepoint](t)(j.Savepoint(ctx))
					}
					tc.do(t, j)
					s := j.Session
					if end != "commit" {
						if strings.Contains(tc.name, "no session") || strings.Contains(tc.name, "out of a session") {
							ok(t, s.Close(ctx))
							continue
						}
						ok(t, s.Flush(ctx))
						if end == "rollback" {
							ok(t, s.Rollback(ctx))
						} else {
							ok(t, sp.Rollback(ctx))
						}
						want = before
						equal(t, end+": A", titles(t, &j.p[0].Songs, songTitle), "a b c")
						equal(t, end+": position of c", j.s["c"].No, 2)
					}
					ok(t, s.Commit(ctx))
					equal(t, end, stored(t, j.eng), want)
					for _, p := range j.p {
						if !s.Contains(p) {
							continue
						}
						var in []string
						for _, x := range must[[]*Song](t)(p.Songs.All(ctx)) {
							in = append(in, fmt.Sprint(x.No)+x.Title)
						}
						if len(in) > 0 && !strings.Contains(want, p.Name+": "+strings.Join(in, " ")) {
							t.Errorf("%s: %s has %s, of %s", end, p.Name, in, want)
						}
					}
					ok(t, s.Close(ctx))
				}
			})
		}
	}
}
