package relations_test

import (
	"encoding/json"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestMergeOfPart: what was added to, or removed from, a list that was never loaded is not taken for the whole list, whatever read the owner.
func TestMergeOfPart(t *testing.T) {
	t.Parallel()
	j := openJukebox(t)
	ok(t, j.Close(ctx))
	playlist, song := query.Select(Playlists).Filter(Playlists.ID.Eq(1)), query.Select(Songs).Filter(Songs.Title.Eq("b"))
	for name, read := range map[string]func(t *testing.T) (*Playlist, *Song){
		"engine": func(t *testing.T) (*Playlist, *Song) {
			return must[*Playlist](t)(playlist.One(ctx, j.eng)), must[*Song](t)(song.One(ctx, j.eng))
		},
		"not tracked": func(t *testing.T) (*Playlist, *Song) {
			s := begin(t, j.eng)
			return must[*Playlist](t)(playlist.NoTracking().One(ctx, s)), must[*Song](t)(song.NoTracking().One(ctx, s))
		},
		"closed session": func(t *testing.T) (*Playlist, *Song) {
			s := begin(t, j.eng)
			defer s.Close(ctx)
			return must[*Playlist](t)(playlist.One(ctx, s)), must[*Song](t)(song.One(ctx, s))
		},
	} {
		t.Run(name, func(t *testing.T) {
			j.seed(t)
			ok(t, j.Close(ctx))
			merge := func(given *Playlist) {
				t.Helper()
				s := begin(t, j.eng)
				must[*Playlist](t)(session.Merge(ctx, s, given))
				ok(t, s.Commit(ctx))
				ok(t, s.Close(ctx))
			}
			p, b := read(t)
			p.Songs.Add(&Song{Title: "n"})
			var written Playlist
			ok(t, json.Unmarshal(must[[]byte](t)(json.Marshal(p)), &written))
			merge(&written) // which has no list
			equal(t, "after JSON", stored(t, j.eng), `("A: 0a 1b 2c") ("B: 0x 1y 2z")`)
			merge(p)
			equal(t, "added", stored(t, j.eng), `("A: 0a 1b 2c 3n") ("B: 0x 1y 2z")`)
			p, _ = read(t)
			p.Songs.Remove(b)
			merge(p)
			equal(t, "removed", stored(t, j.eng), `("A: 0a 2c 3n") ("B: 0x 1y 2z")`)
		})
	}
}

// TestMergeOfSomeColumns: what a query did not read of an object is not taken for zero, whatever read it.
func TestMergeOfSomeColumns(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, shop)
	q := query.Select(Items).Only(Items.Name)
	for name, read := range map[string]func(t *testing.T) *Item{
		"engine": func(t *testing.T) *Item { return must[*Item](t)(q.One(ctx, eng)) },
		"all but one": func(t *testing.T) *Item {
			return must[*Item](t)(query.Select(Items).Without(Items.Price).One(ctx, eng))
		},
		"not tracked": func(t *testing.T) *Item {
			s := begin(t, eng)
			defer s.Close(ctx)
			return must[*Item](t)(q.NoTracking().One(ctx, s))
		},
		"closed session": func(t *testing.T) *Item {
			s := begin(t, eng)
			defer s.Close(ctx)
			return must[*Item](t)(q.One(ctx, s))
		},
	} {
		_, err := eng.Pool().Exec(ctx, "TRUNCATE item CASCADE; INSERT INTO item (name, price) VALUES ('a', 7)")
		ok(t, err)
		given := read(t)
		given.Name = "b"
		s := begin(t, eng)
		must[*Item](t)(session.Merge(ctx, s, given))
		ok(t, s.Commit(ctx))
		equal(t, name, rowsOf(t, eng, "SELECT name, price FROM item"), "(b,7)")
		ok(t, s.Close(ctx))
		given = read(t)
		s = begin(t, eng)
		cached := must[[]*Item](t)(session.MergeCached(s, given))[0]
		equal(t, name+", cached", must[*Item](t)(session.Get(ctx, s, Items, given.ID)), cached)
		equal(t, name+", cached, its price", cached.Price, 7)
		ok(t, s.Close(ctx))
	}
}

// TestMergeOfOneThatWasSet: a one-to-one that was set when it was not loaded takes the place of what there is.
func TestMergeOfOneThatWasSet(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, office)
	for name, read := range map[string]func(t *testing.T) *User{
		"engine": func(t *testing.T) *User { return must[*User](t)(query.Select(Users).One(ctx, eng)) },
		"closed session": func(t *testing.T) *User {
			s := begin(t, eng)
			defer s.Close(ctx)
			return must[*User](t)(query.Select(Users).One(ctx, s))
		},
	} {
		_, err := eng.Pool().Exec(ctx, "TRUNCATE users, profile, desk; INSERT INTO users VALUES (1, 'Ann'); INSERT INTO desk VALUES (100, 'old', 1)")
		ok(t, err)
		for _, to := range []*Desk{{Room: "new"}, nil} {
			u := read(t)
			u.Desk.Set(to)
			s := begin(t, eng)
			must[*User](t)(session.Merge(ctx, s, u))
			ok(t, s.Commit(ctx))
			ok(t, s.Close(ctx))
			want := ""
			if to != nil {
				want = "(new)"
			}
			equal(t, name, rowsOf(t, eng, "SELECT room FROM desk WHERE user_id = 1"), want)
		}
	}
}
