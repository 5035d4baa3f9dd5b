package relations_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestAttachOneToOne: a one-to-one that was set while its owner was in no session replaces what there was.
func TestAttachOneToOne(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, office)
	closed := func(load bool) func(t *testing.T) *User {
		return func(t *testing.T) *User {
			s := eng.Session()
			u := must[*User](t)(session.Get(ctx, s, Users, 1))
			if load {
				_, _ = roomOf(t, u), bioOf(t, u)
			}
			ok(t, s.Close(ctx))
			return u
		}
	}
	engine := func(rs ...expr.Relationship) func(t *testing.T) *User {
		return func(t *testing.T) *User {
			return must[*User](t)(query.Select(Users).Filter(Users.ID.Eq(1)).Load(rs...).One(ctx, eng))
		}
	}
	for name, read := range map[string]func(t *testing.T) *User{
		"engine": engine(), "engine, loaded": engine(Users.Desk, Users.Profile),
		"closed": closed(false), "closed, loaded": closed(true),
		"made": func(*testing.T) *User { return &User{ID: 1, Name: "u1"} },
	} {
		for what, tc := range map[string]struct {
			do              func(u *User)
			desks, profiles string
		}{
			"new":  {func(u *User) { u.Desk.Set(&Desk{Room: "r4"}); u.Profile.Set(&Profile{Bio: "b4"}) }, "(1,r1,) (2,r2,2) (3,r3,) (4,r4,1)", "(2,b2,2) (3,b4,1)"},
			"none": {func(u *User) { u.Desk.Set(nil); u.Profile.Set(nil) }, "(1,r1,) (2,r2,2) (3,r3,)", "(2,b2,2)"},
		} {
			t.Run(name+"/"+what, func(t *testing.T) {
				_, err := eng.Pool().Exec(ctx, "TRUNCATE users, profile, desk RESTART IDENTITY")
				ok(t, err)
				seedOffice(t, eng)
				u := read(t)
				tc.do(u)
				s := eng.Session()
				defer func() { ok(t, s.Close(ctx)) }()
				s.Attach(u)
				ok(t, s.Commit(ctx))
				equal(t, "desks", rowsOf(t, eng, "TABLE desk"), tc.desks)
				equal(t, "profiles", rowsOf(t, eng, "TABLE profile"), tc.profiles)
				u.Desk.Set(nil)
				ok(t, s.Commit(ctx))
				equal(t, "desks of the user", rowsOf(t, eng, "SELECT 1 FROM desk WHERE user_id = 1"), "")
			})
		}
	}
}

// TestMergeOneToOneOfNone: a one-to-one that a given object was told to have none of is given.
func TestMergeOneToOneOfNone(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, office)
	seedOffice(t, eng)
	s := begin(t, eng)
	given := &User{ID: 1, Name: "u1"}
	given.Desk.Set(nil)
	u := must[*User](t)(session.Merge(ctx, s, given))
	equal(t, "rooms", roomOf(t, u), "-")
	ok(t, s.Commit(ctx))
	equal(t, "desks", rowsOf(t, eng, "TABLE desk"), "(1,r1,) (2,r2,2) (3,r3,)")
	equal(t, "profiles", rowsOf(t, eng, "TABLE profile"), "(1,b1,1) (2,b2,2)")
}

// TestAttachLists: what was removed from a list of an object that knows of no row leaves it if it is in the session, and is an error else; a new
// object keeps the order of its lists.
func TestAttachLists(t *testing.T) {
	t.Parallel()
	j := openJukebox(t)
	ok(t, j.Close(ctx))
	read := func(t *testing.T) (*Playlist, *Song) {
		return must[*Playlist](t)(query.Select(Playlists).Filter(Playlists.ID.Eq(1)).One(ctx, j.eng)),
			must[*Song](t)(query.Select(Songs).Filter(Songs.Title.Eq("a")).One(ctx, j.eng))
	}
	t.Run("removed", func(t *testing.T) {
		p, a := read(t)
		p.Songs.Remove(a)
		s := begin(t, j.eng)
		s.Attach(a, p)
		ok(t, s.Commit(ctx))
		equal(t, "rows", rowsOf(t, j.eng, "SELECT title FROM song WHERE playlist_id = 1"), "(b) (c)")
		ok(t, s.Close(ctx))
	})
	t.Run("removed, not here", func(t *testing.T) {
		p, _ := read(t)
		p.Songs.Remove(must[*Song](t)(query.Select(Songs).Filter(Songs.Title.Eq("b")).One(ctx, j.eng)))
		s := begin(t, j.eng)
		s.Attach(p)
		is(t, s.Commit(ctx), session.ErrAttach)
		ok(t, s.Close(ctx))
	})
	t.Run("new again", func(t *testing.T) {
		p := &Playlist{Name: "new"}
		last := &Song{Title: "q"}
		p.Songs.Add(last, &Song{Title: "w"})
		ok(t, p.Songs.Insert(ctx, 0, &Song{Title: "first"}))
		s := begin(t, j.eng)
		s.AddNew(p)
		ok(t, s.Commit(ctx))
		equal(t, "rows", rowsOf(t, j.eng, "SELECT no, title FROM song WHERE title IN ('first', 'q', 'w')"), "(0,first) (1,q) (2,w)")
		ok(t, s.Close(ctx))
	})
}

// TestAddNewOfOneToOne: the copy of a row has no one-to-one, and can be given one.
func TestAddNewOfOneToOne(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, office)
	seedOffice(t, eng)
	s := begin(t, eng)
	u := must[*User](t)(session.Get(ctx, s, Users, 1))
	equal(t, "room", roomOf(t, u), "r1")
	s.Expunge(u)
	u.ID, u.Name = 0, "copy"
	u.Desk.Set(nil)
	s.AddNew(u)
	ok(t, s.Commit(ctx))
	equal(t, "room of the copy", roomOf(t, u), "-")
	u.Desk.Set(&Desk{Room: "r4"})
	ok(t, s.Commit(ctx))
	equal(t, "room that was set", roomOf(t, u), "r4")
	equal(t, "desks", rowsOf(t, eng, "TABLE desk"), "(1,r1,1) (2,r2,2) (3,r3,) (4,r4,4)")
}
