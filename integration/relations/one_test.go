package relations_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// seedOffice stores users u1 and u2 with a profile and a desk each, u3 with none, and a desk of nobody's.
func seedOffice(t testing.TB, eng *session.Engine) {
	t.Helper()
	s := begin(t, eng)
	for _, n := range []string{"1", "2", "3"} {
		u := &User{Name: "u" + n}
		if n != "3" {
			u.Profile.Set(&Profile{Bio: "b" + n})
			u.Desk.Set(&Desk{Room: "r" + n})
		}
		s.Add(u)
	}
	s.Add(&Desk{Room: "r3"})
	ok(t, s.Commit(ctx))
	ok(t, s.Close(ctx))
}

// workers are the users and desks of a session, nothing of them loaded.
type workers struct {
	*session.Session
	u []*User
	d []*Desk
}

func readOffice(t testing.TB, eng *session.Engine) *workers {
	t.Helper()
	s := begin(t, eng)
	return &workers{
		Session: s,
		u:       must[[]*User](t)(query.Select(Users).OrderBy(Users.ID).All(ctx, s)),
		d:       must[[]*Desk](t)(query.Select(Desks).OrderBy(Desks.ID).All(ctx, s)),
	}
}

func roomOf(t testing.TB, u *User) string {
	t.Helper()
	d := must[*Desk](t)(u.Desk.Get(ctx))
	if d == nil {
		return "-"
	}
	if back := must[*User](t)(d.User.Get(ctx)); back != u {
		t.Errorf("the user of %s's desk is another", u.Name)
	}
	return d.Room
}

func bioOf(t testing.TB, u *User) string {
	t.Helper()
	p := must[*Profile](t)(u.Profile.Get(ctx))
	if p == nil {
		return "-"
	}
	return p.Bio
}

func TestOneToOneLoads(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, office)
	seedOffice(t, eng)
	equal(t, "rows", rowsOf(t, eng, "TABLE desk"), "(1,r1,1) (2,r2,2) (3,r3,)")
	rec.take()
	s := begin(t, eng)
	us := must[[]*User](t)(query.Select(Users).OrderBy(Users.ID).All(ctx, s))
	got := ""
	for _, u := range us {
		got += roomOf(t, u) + " "
	}
	equal(t, "rooms", got, "r1 r2 - ")
	sent(t, rec, "SELECT users.id, users.name FROM users ORDER BY users.id",
		"SELECT desk.id, desk.room, desk.user_id FROM desk WHERE desk.user_id = ANY($1)")

	s = begin(t, eng)
	_ = must[[]*User](t)(query.Select(Users).Load(Users.Profile.Load(Profiles.User)).All(ctx, s))
	sent(t, rec, "SELECT users.id, …", "SELECT profile.id, …")
	equal(t, "has", strings.Join(must[[]string](t)(query.Select(Users.Name).Filter(Users.Desk.Has(Desks.Room.Eq("r2"))).All(ctx, s)), " "), "u2")
	equal(t, "is nil", strings.Join(must[[]string](t)(query.Select(Users.Name).Filter(Users.Desk.Is(nil)).All(ctx, s)), " "), "u3")
	equal(t, "is not nil", strings.Join(must[[]string](t)(query.Select(Users.Name).Filter(Users.Desk.IsNot(nil)).OrderBy(Users.ID).All(ctx, s)), " "), "u1 u2")
	equal(t, "join", strings.Join(must[[]string](t)(query.Select(Users.Name).Join(Users.Desk).Filter(Desks.Room.Eq("r1")).All(ctx, s)), " "), "u1")
	sent(t, rec, "SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM desk WHERE users.id = desk.user_id AND desk.room = $1)",
		"SELECT users.name FROM users WHERE NOT EXISTS (SELECT 1 FROM desk WHERE users.id = desk.user_id)",
		"SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM desk WHERE users.id = desk.user_id) ORDER BY users.id",
		"SELECT users.name FROM users JOIN desk ON users.id = desk.user_id WHERE desk.room = $1")
	d := must[*Desk](t)(session.Get(ctx, s, Desks, 2))
	equal(t, "is", strings.Join(must[[]string](t)(query.Select(Users.Name).Filter(Users.Desk.Is(d)).All(ctx, s)), " "), "u2")
	equal(t, "is not", strings.Join(must[[]string](t)(query.Select(Users.Name).Filter(Users.Desk.IsNot(d)).OrderBy(Users.ID).All(ctx, s)), " "), "u1 u3")
}

func TestOneToOneSteps(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, office)
	for _, tc := range []struct {
		name     string
		do       func(m *workers)
		rooms    string // of the users
		desks    string
		profiles string
	}{
		{"nothing", func(*workers) {}, "r1 r2 -", "(1,r1,1) (2,r2,2) (3,r3,)", "(1,b1,1) (2,b2,2)"},
		{"set", func(m *workers) { m.u[2].Desk.Set(m.d[2]) }, "r1 r2 r3", "(1,r1,1) (2,r2,2) (3,r3,3)", "(1,b1,1) (2,b2,2)"},
		{"set replaces", func(m *workers) { m.u[0].Desk.Set(m.d[2]) }, "r3 r2 -", "(1,r1,) (2,r2,2) (3,r3,1)", "(1,b1,1) (2,b2,2)"},
		{"set to none", func(m *workers) { m.u[0].Desk.Set(nil) }, "- r2 -", "(1,r1,) (2,r2,2) (3,r3,)", "(1,b1,1) (2,b2,2)"},
		{"set again", func(m *workers) { m.u[0].Desk.Set(nil); m.u[0].Desk.Set(m.d[0]) }, "r1 r2 -", "(1,r1,1) (2,r2,2) (3,r3,)", "(1,b1,1) (2,b2,2)"},
		{"set twice", func(m *workers) { m.u[0].Desk.Set(m.d[2]); m.u[0].Desk.Set(m.d[0]) }, "r1 r2 -", "(1,r1,1) (2,r2,2) (3,r3,)", "(1,b1,1) (2,b2,2)"},
		{"another's", func(m *workers) { m.u[0].Desk.Set(m.d[1]) }, "r2 - -", "(1,r1,) (2,r2,1) (3,r3,)", "(1,b1,1) (2,b2,2)"},
		{"swap", func(m *workers) { m.u[0].Desk.Set(m.d[1]); m.u[1].Desk.Set(m.d[0]) }, "r2 r1 -", "(1,r1,2) (2,r2,1) (3,r3,)", "(1,b1,1) (2,b2,2)"},
		{"from the other side", func(m *workers) { m.d[2].User.Set(m.u[2]) }, "r1 r2 r3", "(1,r1,1) (2,r2,2) (3,r3,3)", "(1,b1,1) (2,b2,2)"},
		{"none from the other side", func(m *workers) { m.d[0].User.Set(nil) }, "- r2 -", "(1,r1,) (2,r2,2) (3,r3,)", "(1,b1,1) (2,b2,2)"},
		{"a second one from the other side", func(m *workers) { m.d[2].User.Set(m.u[0]) }, "r3 r2 -", "(1,r1,) (2,r2,2) (3,r3,1)", "(1,b1,1) (2,b2,2)"},
		{"new", func(m *workers) { m.u[0].Desk.Set(&Desk{Room: "r4"}) }, "r4 r2 -", "(1,r1,) (2,r2,2) (3,r3,) (4,r4,1)", "(1,b1,1) (2,b2,2)"},
		{"orphan", func(m *workers) { m.u[0].Profile.Set(nil) }, "r1 r2 -", "(1,r1,1) (2,r2,2) (3,r3,)", "(2,b2,2)"},
		{"orphan replaced", func(m *workers) { m.u[0].Profile.Set(&Profile{Bio: "b4"}) }, "r1 r2 -", "(1,r1,1) (2,r2,2) (3,r3,)", "(2,b2,2) (3,b4,1)"},
		{"delete", func(m *workers) { m.Delete(m.u[0]) }, "r2 -", "(1,r1,) (2,r2,2) (3,r3,)", "(2,b2,2)"},
		{"delete of the target", func(m *workers) { m.Delete(m.d[0]) }, "- r2 -", "(2,r2,2) (3,r3,)", "(1,b1,1) (2,b2,2)"},
		{"set and delete", func(m *workers) { m.u[0].Desk.Set(m.d[2]); m.Delete(m.u[0]) }, "r2 -", "(1,r1,) (2,r2,2) (3,r3,)", "(2,b2,2)"},
		{"a new user", func(m *workers) { u := &User{Name: "u4"}; u.Desk.Set(m.d[0]); m.Add(u); m.u = append(m.u, u) }, "- r2 - r1", "(1,r1,4) (2,r2,2) (3,r3,)", "(1,b1,1) (2,b2,2)"},
	} {
		for _, how := range []string{"unloaded", "loaded", "other side"} {
			t.Run(tc.name+"/"+how, func(t *testing.T) {
				load := func(m *workers) {
					for _, u := range m.u {
						if how == "loaded" {
							_, _ = roomOf(t, u), bioOf(t, u)
						}
					}
					for _, d := range m.d {
						if how == "other side" {
							_ = must[*User](t)(d.User.Get(ctx))
						}
					}
				}
				reseed := func() *workers {
					_, err := eng.Pool().Exec(ctx, "TRUNCATE users, profile, desk RESTART IDENTITY")
					ok(t, err)
					seedOffice(t, eng)
					m := readOffice(t, eng)
					load(m)
					return m
				}
				check := func(m *workers, rooms string) {
					t.Helper()
					var got []string
					for _, u := range m.u {
						if m.Contains(u) {
							got = append(got, roomOf(t, u))
						}
					}
					equal(t, "rooms", strings.Join(got, " "), rooms)
				}
				m := reseed()
				tc.do(m)
				ok(t, m.Flush(ctx))
				check(m, tc.rooms)
				ok(t, m.Commit(ctx))
				check(m, tc.rooms)
				equal(t, "desks", rowsOf(t, eng, "TABLE desk"), tc.desks)
				equal(t, "profiles", rowsOf(t, eng, "TABLE profile"), tc.profiles)
				ok(t, m.Close(ctx))

				m = reseed()
				tc.do(m)
				if len(m.u) == 3 { // what was set is told before the flush, too
					rooms := tc.rooms
					if m.Contains(m.u[0]) && !strings.HasPrefix(tc.name, "delete") && tc.name != "set and delete" {
						check(m, rooms)
					}
				}
				ok(t, m.Flush(ctx))
				ok(t, m.Rollback(ctx))
				m.u = m.u[:3]
				check(m, "r1 r2 -")
				ok(t, m.Commit(ctx))
				equal(t, "desks after a rollback", rowsOf(t, eng, "TABLE desk"), "(1,r1,1) (2,r2,2) (3,r3,)")
				ok(t, m.Close(ctx))
			})
		}
	}
}

// TestOneToOneSeveral: two rows where there may be one are an error that names both; to set it lets both go.
func TestOneToOneSeveral(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, office)
	seedOffice(t, eng)
	_, err := eng.Pool().Exec(ctx, "ALTER TABLE desk DROP CONSTRAINT uq_desk_user_id; INSERT INTO desk (room, user_id) VALUES ('r4', 1)")
	ok(t, err)
	m := readOffice(t, eng)
	_, err = m.u[0].Desk.Get(ctx)
	is(t, err, model.ErrSeveral)
	equal(t, "error", err.Error(), "more than one row is related, where there may be one: Desk of User(id=1): Desk(id=1) and Desk(id=4)")
	equal(t, "another", roomOf(t, m.u[1]), "r2")
	m.u[0].Desk.Set(m.d[2])
	equal(t, "set", roomOf(t, m.u[0]), "r3")
	ok(t, m.Commit(ctx))
	equal(t, "desks", rowsOf(t, eng, "TABLE desk"), "(1,r1,) (2,r2,2) (3,r3,1) (4,r4,)")
}

func TestOneToOneJSON(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, office)
	seedOffice(t, eng)
	s := begin(t, eng)
	us := must[[]*User](t)(query.Select(Users).Load(Users.Profile, Users.Desk).OrderBy(Users.ID).All(ctx, s))
	b := must[[]byte](t)(json.Marshal(us[0]))
	equal(t, "JSON", string(b), `{"ID":1,"Name":"u1","Profile":{"ID":1,"Bio":"b1","UserID":1,"User":null},"Desk":{"ID":1,"Room":"r1","UserID":1,"User":null}}`)
	b = must[[]byte](t)(json.Marshal(must[*Desk](t)(us[0].Desk.Get(ctx))))
	equal(t, "JSON from the other side", string(b), `{"ID":1,"Room":"r1","UserID":1,"User":{"ID":1,"Name":"u1","Profile":null,"Desk":null}}`)
	var read User
	ok(t, json.Unmarshal([]byte(`{"Name":"u9","Desk":{"Room":"r9"}}`), &read))
	s.Add(&read)
	ok(t, s.Commit(ctx))
	equal(t, "desks", rowsOf(t, eng, "SELECT room, user_id FROM desk WHERE id > 3"), "(r9,4)")
	outside := must[[]*User](t)(query.Select(Users).Load(Users.Desk).OrderBy(Users.ID).All(ctx, eng))
	d, known := outside[0].Desk.Peek()
	if !known || d.Room != "r1" {
		t.Errorf("outside a session the desk is %v, %v", d, known)
	}
	_, err := outside[0].Profile.Get(ctx)
	is(t, err, model.ErrDetached)
	equal(t, "not loaded", outside[0].Profile.String(), "(not loaded)")
	c := *outside[0]
	c.Desk.Set(nil)
	equal(t, "the original of a copy", must[*Desk](t)(outside[0].Desk.Get(ctx)).Room, "r1")
}
