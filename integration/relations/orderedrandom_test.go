package relations_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// program of ordered lists: what a random program has done, and the lists as they must be.
type listProgram struct {
	*testing.T
	*jukebox
	rnd     *rand.Rand
	now     map[string][]string // the songs of each playlist
	then    map[string][]string // at the last commit
	saved   map[string][]string
	deleted map[string]bool
	touched map[string]bool // changed since the last flush
	sp      *session.Savepoint
	last    int
	log     []string
}

func copyLists(m map[string][]string) map[string][]string {
	c := map[string][]string{}
	for k, v := range m {
		c[k] = slices.Clone(v)
	}
	return c
}

func (p *listProgram) say(format string, args ...any) {
	p.log = append(p.log, fmt.Sprintf(format, args...))
}

func (p *listProgram) ok(err error) {
	p.Helper()
	if err != nil {
		p.Fatalf("%v\n%s", err, strings.Join(p.log, "\n"))
	}
}

func (p *listProgram) same(what string, got, want []string) {
	p.Helper()
	if !slices.Equal(got, want) {
		p.Fatalf("%s: %s, want %s\n%s", what, got, want, strings.Join(p.log, "\n"))
	}
}

// flush flushes, and compares the rows.
func (p *listProgram) flush() {
	p.Helper()
	p.say("flush")
	p.ok(p.Flush(ctx))
	clear(p.touched)
	for name, want := range p.now {
		got, err := query.Select(Songs.Title).Filter(Songs.Playlist.Has(Playlists.Name.Eq(name))).OrderBy(Songs.No).All(ctx, p.Session)
		p.ok(err)
		p.same("rows of "+name, got, want)
	}
}

// take takes a song out of the model's lists.
func (p *listProgram) take(title string) {
	for name := range p.now {
		p.now[name] = slices.DeleteFunc(p.now[name], func(s string) bool { return s == title })
	}
}

// song returns a random one that is there and was not changed since the last flush, or a new one.
func (p *listProgram) song() *Song {
	if p.rnd.IntN(4) == 0 {
		p.last++
		s := &Song{Title: fmt.Sprintf("n%d", p.last), No: int32(p.rnd.IntN(3))}
		p.s[s.Title] = s
		return s
	}
	titles := slices.Sorted(maps.Keys(p.s))
	title := titles[p.rnd.IntN(len(titles))]
	if p.deleted[title] {
		return nil
	}
	if p.touched[title] {
		p.flush()
	}
	return p.s[title]
}

func (p *listProgram) step() {
	list := p.p[p.rnd.IntN(len(p.p))]
	switch n := p.rnd.IntN(26); {
	case n < 4:
		if s := p.song(); s != nil && !slices.Contains(p.now[list.Name], s.Title) {
			if p.say("%s gets %s", list.Name, s.Title); n == 0 && p.Contains(s) {
				s.Playlist.Set(list)
			} else {
				list.Songs.Add(s)
			}
			p.take(s.Title)
			p.now[list.Name] = append(p.now[list.Name], s.Title)
			p.touched[s.Title] = true
		}
	case n < 7:
		if s := p.song(); s != nil {
			if p.touched["deleted"] { // it is in the list until then
				p.flush()
			}
			at := p.rnd.IntN(5)
			p.say("%s gets %s at %d", list.Name, s.Title, at)
			p.ok(list.Songs.Insert(ctx, at, s))
			p.take(s.Title)
			p.now[list.Name] = slices.Insert(p.now[list.Name], min(at, len(p.now[list.Name])), s.Title)
			p.touched[s.Title] = true
		}
	case n < 9:
		p.rnd.Shuffle(len(p.now[list.Name]), func(i, j int) {
			p.now[list.Name][i], p.now[list.Name][j] = p.now[list.Name][j], p.now[list.Name][i]
		})
		p.say("%s is to be %s", list.Name, p.now[list.Name])
		var to []*Song
		for _, title := range p.now[list.Name] {
			to = append(to, p.s[title])
		}
		p.ok(list.Songs.Replace(ctx, to...))
	case n < 12:
		if s := p.song(); s != nil && slices.Contains(p.now[list.Name], s.Title) {
			switch n {
			case 9:
				p.say("%s is of no list", s.Title)
				s.Playlist.Set(nil)
			default:
				p.say("%s loses %s", list.Name, s.Title)
				list.Songs.Remove(s)
			}
			p.take(s.Title)
			p.touched[s.Title] = true
		}
	case n == 12:
		if s := p.song(); s != nil && p.Contains(s) && s.ID != 0 {
			p.say("delete %s", s.Title)
			p.Delete(s)
			p.take(s.Title)
			p.deleted[s.Title], p.touched["deleted"] = true, true
		}
	case n < 16:
		p.say("see %s", list.Name)
		songs, err := list.Songs.All(ctx)
		p.ok(err)
		var got []string
		for _, s := range songs {
			if !p.deleted[s.Title] {
				got = append(got, s.Title)
			}
		}
		p.same("list "+list.Name, got, p.now[list.Name])
	case n == 16:
		p.say("expire %s", list.Name)
		p.Expire(list)
	case n < 20:
		p.flush()
	case n < 22:
		p.savepoint()
	case n < 24:
		p.say("commit")
		p.ok(p.Commit(ctx))
		p.then, p.sp = copyLists(p.now), nil
		clear(p.touched)
		for title := range p.deleted {
			delete(p.s, title)
		}
		clear(p.deleted)
	default:
		p.say("rollback")
		p.ok(p.Rollback(ctx))
		p.now, p.sp = copyLists(p.then), nil
		p.back()
	}
}

func (p *listProgram) savepoint() {
	if p.sp == nil {
		p.flush()
		p.say("savepoint")
		sp, err := p.Savepoint(ctx)
		p.ok(err)
		p.sp, p.saved = sp, copyLists(p.now)
		return
	}
	if p.rnd.IntN(3) == 0 {
		p.say("release")
		p.ok(p.sp.Release(ctx))
	} else {
		p.say("back to the savepoint")
		p.ok(p.sp.Rollback(ctx))
		p.now = copyLists(p.saved)
		p.back()
	}
	p.sp = nil
}

// back forgets the songs that a rollback has made new again, and has the deleted ones back.
func (p *listProgram) back() {
	clear(p.touched)
	for title, s := range p.s {
		if !p.deleted[title] && !p.Contains(s) {
			delete(p.s, title)
		}
	}
	for title := range p.deleted {
		if p.Contains(p.s[title]) {
			delete(p.deleted, title)
		}
	}
}

// TestRandomPositions: random programs on ordered lists, loaded or not, do what plain slices say; rows, and the lists that are read.
func TestRandomPositions(t *testing.T) {
	t.Parallel()
	j := openJukebox(t)
	for i := range *rounds {
		t.Run(fmt.Sprint(*seed+uint64(i)), func(t *testing.T) {
			ok(t, j.Close(ctx))
			j.seed(t)
			p := &listProgram{
				T: t, jukebox: j, rnd: rand.New(rand.NewPCG(*seed+uint64(i), 3)), deleted: map[string]bool{}, touched: map[string]bool{},
				now: map[string][]string{"A": {"a", "b", "c"}, "B": {"x", "y", "z"}, "C": nil},
			}
			p.then = copyLists(p.now)
			for range 120 {
				p.step()
			}
			p.flush()
			p.ok(p.Commit(ctx))
			for name, want := range p.now {
				got := must[[]string](t)(query.Select(Songs.Title).Filter(Songs.Playlist.Has(Playlists.Name.Eq(name))).OrderBy(Songs.No).All(ctx, j.eng))
				p.same("committed "+name, got, want)
			}
		})
	}
}
