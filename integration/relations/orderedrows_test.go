package relations_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestPositionsSent: positions are written with the rows, one statement for all of them; a list that is not loaded costs one that reads.
func TestPositionsSent(t *testing.T) {
	t.Parallel()
	j := openJukebox(t)
	defer func() { ok(t, j.Close(ctx)) }()
	equal(t, "A", titles(t, &j.p[0].Songs, songTitle), "a b c")
	sent(t, j.rec, `SELECT song.id, song.title, song.no, song.playlist_id FROM song WHERE song.playlist_id = ANY($1) ORDER BY song.no ASC`)
	ok(t, j.p[0].Songs.Insert(ctx, 0, j.s["c"]))
	equal(t, "dirty", len(j.Dirty()), 3)
	equal(t, "changes", fmt.Sprint(must[[]session.Change](t)(j.Changes(j.s["c"]))), "[no: 2 -> 0]")
	equal(t, "position before the flush", j.s["c"].No, 2)
	ok(t, j.Commit(ctx))
	sent(t, j.rec, `WITH changed AS (UPDATE song SET no = cupel.v1 FROM unnest($1::integer[], $2::bigint[]) AS cupel (v1, v2) WHERE song.id = cupel.v2…`)
	equal(t, "rows", stored(t, j.eng), `("A: 0c 1a 2b") ("B: 0x 1y 2z")`)
	j.p[0].Songs.Add(&Song{Title: "n"})
	j.p[1].Songs.Add(&Song{Title: "m"}, &Song{Title: "o"})
	j.p[2].Songs.Add(&Song{Title: "p"})
	ok(t, j.Commit(ctx))
	sent(t, j.rec, `SELECT cupel.ord, max(song.no)::bigint FROM song JOIN unnest($1::bigint[]) WITH ORDINALITY AS cupel (k1, ord) ON song.playlist_id = cupel.k1 GROUP BY cupel.ord`,
		`WITH added AS (INSERT INTO song (title, no, playlist_id) SELECT cupel.title, cupel.no, cupel.playlist_id FROM unnest(…`)
	equal(t, "rows", stored(t, j.eng), `("A: 0c 1a 2b 3n") ("B: 0x 1y 2z 3m 4o") ("C: 0p")`)

	// The list has gaps, and stays as it is until it is changed.
	_, err := j.eng.Pool().Exec(ctx, "UPDATE song SET no = no * 10 WHERE playlist_id = 1")
	ok(t, err)
	equal(t, "A", titles(t, &j.p[0].Songs, songTitle), "c a b n")
	j.rec.take()
	ok(t, j.Commit(ctx))
	sent(t, j.rec)
	j.s["b"].Title = "B"
	j.p[0].Songs.Add(&Song{Title: "end"})
	ok(t, j.Commit(ctx))
	equal(t, "rows", stored(t, j.eng), `("A: 0c 10a 20B 30n 31end") ("B: 0x 1y 2z 3m 4o") ("C: 0p")`)
	equal(t, "A", titles(t, &j.p[0].Songs, songTitle), "c a B n end")
	ok(t, j.p[0].Songs.Insert(ctx, 1, j.s["b"]))
	j.s["b"].Title = "b"
	j.rec.take()
	ok(t, j.Commit(ctx))
	sent(t, j.rec, `WITH changed AS (UPDATE song SET no = cupel.v1 FROM unnest(…`, `WITH changed AS (UPDATE song SET title = $1, no = $2 WHERE song.id = $3…`)
	equal(t, "rows", stored(t, j.eng), `("A: 0c 1b 2a 3n 4end") ("B: 0x 1y 2z 3m 4o") ("C: 0p")`)
}

// TestPositionOfPart: the position is read also where a query reads some columns, so that it is never taken for 0.
func TestPositionOfPart(t *testing.T) {
	t.Parallel()
	j := openJukebox(t)
	ok(t, j.Close(ctx))
	s := begin(t, j.eng)
	some := must[[]*Song](t)(query.Select(Songs).Only(Songs.Title).OrderBy(Songs.No.Desc()).Filter(Songs.PlaylistID.Eq(1)).All(ctx, s))
	equal(t, "position", some[0].No, 2)
	p := must[*Playlist](t)(some[0].Playlist.Get(ctx))
	ok(t, p.Songs.Replace(ctx, some...))
	ok(t, s.Commit(ctx))
	equal(t, "rows", stored(t, j.eng), `("A: 0c 1b 2a") ("B: 0x 1y 2z")`)
}

// TestMergeOrdered: the order of a given list is written, and the positions that its items were given are not.
func TestMergeOrdered(t *testing.T) {
	t.Parallel()
	j := openJukebox(t)
	defer func() { ok(t, j.Close(ctx)) }()
	var given Playlist
	ok(t, json.Unmarshal([]byte(`{"ID": 1, "Name": "A", "Songs": [{"ID": 3, "Title": "c"}, {"Title": "n", "No": 77}, {"ID": 1, "Title": "a"}]}`), &given))
	_ = must[*Playlist](t)(session.Merge(ctx, j.Session, &given))
	ok(t, j.Commit(ctx))
	equal(t, "rows", stored(t, j.eng), `("A: 0c 1n 2a") ("B: 0x 1y 2z")`)

	ok(t, json.Unmarshal(must[[]byte](t)(json.Marshal(j.p[0])), &given)) // stale lists are written too
	again := &Playlist{ID: 1, Name: "A"}
	for _, title := range []string{"c", "a"} {
		again.Songs.Add(&Song{ID: j.s[title].ID, Title: title})
	}
	ok(t, again.Songs.Insert(ctx, 1, &Song{ID: 7, Title: "n"}))
	_ = must[*Playlist](t)(session.Merge(ctx, j.Session, again))
	equal(t, "dirty", len(j.Dirty()), 0)
	j.rec.take()
	ok(t, j.Commit(ctx))
	sent(t, j.rec)

	twice := []*Playlist{{ID: 2, Name: "B"}, {ID: 2, Name: "B"}}
	for i, order := range [][]int64{{4, 5}, {5, 4}} {
		for _, id := range order {
			twice[i].Songs.Add(&Song{ID: id, Title: "same"})
		}
	}
	_, err := session.MergeAll(ctx, j.Session, twice)
	is(t, err, session.ErrMerge)

	from := begin(t, j.eng)
	p := must[*Playlist](t)(session.Get(ctx, from, Playlists, 2))
	ok(t, p.Songs.Insert(ctx, 0, must[*Song](t)(session.Get(ctx, from, Songs, 6))))
	_ = must[*Playlist](t)(session.Merge(ctx, j.Session, p))
	ok(t, j.Commit(ctx))
	equal(t, "of another session", stored(t, j.eng), `("A: 0c 1n 2a") ("B: 0z 1x 2y")`)
	ok(t, from.Rollback(ctx))
}

// TestPositionInKey: positions that are part of the primary key, of a list without a way back; an item that moves gets another key.
func TestPositionInKey(t *testing.T) {
	t.Parallel()
	j := openJukebox(t)
	defer func() { ok(t, j.Close(ctx)) }()
	rows := func(want string) {
		t.Helper()
		equal(t, "rows", rowsOf(t, j.eng, "SELECT string_agg(number || title, ' ' ORDER BY number) FROM chapter"), `("`+want+`")`)
	}
	a, b, c := &Chapter{Title: "a"}, &Chapter{Title: "b"}, &Chapter{Title: "c"}
	j.p[0].Chapters.Add(a, b, c)
	ok(t, j.Commit(ctx))
	rows("1a 2b 3c")
	equal(t, "list", titles(t, &j.p[0].Chapters, func(c *Chapter) string { return c.Title }), "a b c")
	j.p[0].Chapters.Remove(a) // an orphan, whose key the next one gets
	ok(t, j.Commit(ctx))
	rows("1b 2c")
	ok(t, j.p[0].Chapters.Insert(ctx, 0, &Chapter{Title: "d"}))
	ok(t, j.Flush(ctx))
	rowsOf(t, j.eng, "TABLE chapter")
	equal(t, "the same object", must[*Chapter](t)(session.Get(ctx, j.Session, Chapters, 1, 2)), b)
	ok(t, j.Commit(ctx))
	rows("1d 2b 3c")
	ok(t, j.p[0].Chapters.Insert(ctx, 0, b))
	is(t, j.Flush(ctx), session.ErrUniqueCircle)
	ok(t, j.Rollback(ctx))
	rows("1d 2b 3c")
}

// TestPositionsOneByOne: a unique constraint that is looked at with every row is kept to, and the version goes on with each row that is written.
func TestPositionsOneByOne(t *testing.T) {
	t.Parallel()
	j := openJukebox(t)
	defer func() { ok(t, j.Close(ctx)) }()
	rows := func(want string) {
		t.Helper()
		equal(t, "rows", rowsOf(t, j.eng, "SELECT string_agg(no || title || version, ' ' ORDER BY no) FROM strict WHERE playlist_id = 1"), `("`+want+`")`)
	}
	var x []*Strict
	for _, title := range []string{"a", "b", "c", "d"} {
		x = append(x, &Strict{Title: title})
	}
	j.p[0].Strict.Add(x...)
	ok(t, j.Commit(ctx))
	rows("0a1 1b1 2c1 3d1")
	list := func() string { return titles(t, &j.p[0].Strict, func(s *Strict) string { return s.Title }) }
	equal(t, "list", list(), "a b c d")
	j.p[0].Strict.Remove(x[1])
	ok(t, j.Commit(ctx))
	rows("0a1 1c2 2d2")
	ok(t, j.p[0].Strict.Insert(ctx, 0, &Strict{Title: "n"}))
	ok(t, j.Commit(ctx))
	rows("0n1 1a2 2c3 3d3")
	ok(t, j.p[0].Strict.Insert(ctx, 0, x[3])) // all change places, by way of a row without an owner
	ok(t, j.Commit(ctx))
	equal(t, "list", list(), "d n a c")
	equal(t, "rows", rowsOf(t, j.eng, "SELECT string_agg(no || title, ' ' ORDER BY no) FROM strict WHERE playlist_id = 1"), `("0d 1n 2a 3c")`)

	_, err := j.eng.Pool().Exec(ctx, "UPDATE strict SET version = 99 WHERE title = 'a'")
	ok(t, err)
	ok(t, j.p[0].Strict.Insert(ctx, 0, x[0]))
	is(t, j.Commit(ctx), session.ErrStale)
	ok(t, j.Rollback(ctx))
	equal(t, "list", list(), "d n a c")

	x[0].No = 0
	other := begin(t, j.eng)
	p := must[*Playlist](t)(session.Get(ctx, other, Playlists, 1))
	p.Strict.Add(&Strict{Title: "other"})
	ok(t, other.Flush(ctx))
	ok(t, j.Rollback(ctx))
	mine := make(chan error)
	j.p[0].Strict.Add(&Strict{Title: "mine"})
	go func() { mine <- j.Commit(ctx) }()
	ok(t, other.Commit(ctx))
	if err := <-mine; err != nil { // it read the last place before the other's row was there
		var unique *session.UniqueError
		if !errors.As(err, &unique) {
			t.Errorf("error is %v", err)
		}
		ok(t, j.Rollback(ctx))
		j.p[0].Strict.Add(&Strict{Title: "mine"})
		ok(t, j.Commit(ctx))
	}
	equal(t, "list", list(), "d n a c other mine")

	j.p[1].Strict.Add(&Strict{Title: "z", No: 5})
	ok(t, j.Commit(ctx))
	_, err = j.eng.Pool().Exec(ctx, "UPDATE strict SET no = 32767 WHERE title = 'z'")
	ok(t, err)
	j.p[1].Strict.Add(&Strict{Title: "too many"})
	if err := j.Commit(ctx); err == nil || !strings.Contains(err.Error(), "place 32768") {
		t.Errorf("error is %v", err)
	}
	ok(t, j.Rollback(ctx))
}
