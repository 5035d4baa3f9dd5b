package relations_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var (
	rounds = flag.Int("relations.rounds", 12, "random programs")
	seed   = flag.Uint64("relations.seed", 1, "of the first one")
)

// link is a pair of names.
type link struct{ article, topic string }

// books is what there should be: the names of the objects and their pairs.
type books struct {
	articles, topics map[string]bool
	links            map[link]bool
}

func (b books) clone() books {
	return books{maps.Clone(b.articles), maps.Clone(b.topics), maps.Clone(b.links)}
}

// program is a random program on articles and topics, with what there should be beside it.
type program struct {
	*testing.T
	*session.Session
	eng       *session.Engine
	rnd       *rand.Rand
	now, then books // in the transaction, and when it began
	articles  map[string]*Article
	topics    map[string]*Topic
	log       []string
	made      int
	sp        *session.Savepoint // nil: none
	saved     books              // when it was made
}

func (p *program) say(format string, args ...any) {
	p.log = append(p.log, fmt.Sprintf(format, args...))
}

func (p *program) fail(format string, args ...any) {
	p.Helper()
	p.Fatalf("%s\n%s", fmt.Sprintf(format, args...), strings.Join(p.log, "\n"))
}

func (p *program) ok(err error) {
	p.Helper()
	if err != nil {
		p.fail("%v", err)
	}
}

// pick returns one of the names.
func (p *program) pick(of map[string]bool) string {
	names := slices.Sorted(maps.Keys(of))
	if len(names) == 0 {
		return ""
	}
	return names[p.rnd.IntN(len(names))]
}

// step does one thing.
func (p *program) step() {
	a, t := p.pick(p.now.articles), p.pick(p.now.topics)
	if a == "" || t == "" {
		p.create()
		return
	}
	l := link{a, t}
	switch p.rnd.IntN(23) {
	case 20, 21, 22:
		p.savepoint()
	case 0, 1, 2, 3, 4, 5, 6, 7:
		p.toggle(l)
	case 8, 9:
		p.seeTopics(a)
	case 10, 11:
		p.seeArticles(t)
	case 12:
		p.say("expire %s", a)
		if p.rnd.IntN(2) == 0 || !p.then.articles[a] {
			p.articles[a].Topics.Expire()
		} else {
			p.Expire(p.articles[a])
		}
	case 13:
		p.create()
	case 14:
		p.remove(a, t)
	case 15, 16:
		p.say("flush")
		p.ok(p.Flush(ctx))
	case 17:
		p.say("commit")
		p.ok(p.Commit(ctx))
		p.then, p.sp = p.now.clone(), nil
		p.compare()
	case 18:
		p.rollback()
	case 19:
		p.ask(t)
	}
}

// savepoint makes a savepoint, or ends the one that there is: by going back to it, more often than not.
func (p *program) savepoint() {
	switch {
	case p.sp == nil:
		p.say("savepoint")
		sp, err := p.Savepoint(ctx)
		p.ok(err)
		p.sp, p.saved = sp, p.now.clone()
		return
	case p.rnd.IntN(3) == 0:
		p.say("release")
		p.ok(p.sp.Release(ctx))
	default:
		p.say("back to the savepoint")
		p.ok(p.sp.Rollback(ctx))
		p.now = p.saved.clone()
	}
	p.sp = nil
}

// toggle adds a pair that is not there, or removes one, from either side.
func (p *program) toggle(l link) {
	side := p.rnd.IntN(2)
	a, t := p.articles[l.article], p.topics[l.topic]
	p.say("toggle %v to %v by %d", l, !p.now.links[l], side)
	switch {
	case p.now.links[l] && side == 0:
		a.Topics.Remove(t)
	case p.now.links[l]:
		t.Articles.Remove(a)
	case side == 0:
		a.Topics.Add(t)
	default:
		t.Articles.Add(a)
	}
	if p.now.links[l] {
		delete(p.now.links, l)
	} else {
		p.now.links[l] = true
	}
}

func (p *program) topicsOf(b books, article string) (names []string) {
	for l := range b.links {
		if l.article == article {
			names = append(names, l.topic)
		}
	}
	slices.Sort(names)
	return names
}

func (p *program) articlesOf(b books, topic string) (names []string) {
	for l := range b.links {
		if l.topic == topic {
			names = append(names, l.article)
		}
	}
	slices.Sort(names)
	return names
}

func (p *program) seeTopics(a string) {
	p.say("topics of %s", a)
	ts, err := p.articles[a].Topics.All(ctx)
	p.ok(err)
	var names []string
	for _, t := range ts {
		names = append(names, t.Name)
		if p.topics[t.Name] != t {
			p.fail("%s is another object", t.Name)
		}
	}
	slices.Sort(names)
	if want := p.topicsOf(p.now, a); !slices.Equal(names, want) {
		p.fail("%s has %v, want %v", a, names, want)
	}
}

func (p *program) seeArticles(t string) {
	p.say("articles of %s", t)
	as, err := p.topics[t].Articles.All(ctx)
	p.ok(err)
	var names []string
	for _, a := range as {
		names = append(names, a.Name)
	}
	slices.Sort(names)
	if want := p.articlesOf(p.now, t); !slices.Equal(names, want) {
		p.fail("%s has %v, want %v", t, names, want)
	}
}

// create makes an article or a topic, with some of the others.
func (p *program) create() {
	p.made++
	name := fmt.Sprint("n", p.made)
	if p.rnd.IntN(2) == 0 {
		a := &Article{Name: name}
		for t := range p.now.topics {
			if p.rnd.IntN(3) == 0 {
				a.Topics.Add(p.topics[t])
				p.now.links[link{name, t}] = true
			}
		}
		p.articles[name], p.now.articles[name] = a, true
		p.Add(a)
		p.say("new article %s with %v", name, p.topicsOf(p.now, name))
		return
	}
	t := &Topic{Name: name}
	for a := range p.now.articles {
		if p.rnd.IntN(3) == 0 {
			t.Articles.Add(p.articles[a])
			p.now.links[link{a, name}] = true
		}
	}
	p.topics[name], p.now.topics[name] = t, true
	p.Add(t)
	p.say("new topic %s with %v", name, p.articlesOf(p.now, name))
}

// remove deletes an article or a topic.
func (p *program) remove(a, t string) {
	if p.rnd.IntN(2) == 0 {
		p.say("delete article %s", a)
		p.Delete(p.articles[a])
		delete(p.now.articles, a)
		maps.DeleteFunc(p.now.links, func(l link, _ bool) bool { return l.article == a })
	} else {
		p.say("delete topic %s", t)
		p.Delete(p.topics[t])
		delete(p.now.topics, t)
		maps.DeleteFunc(p.now.links, func(l link, _ bool) bool { return l.topic == t })
	}
	p.ok(p.Flush(ctx))
}

func (p *program) rollback() {
	p.say("rollback")
	p.ok(p.Rollback(ctx))
	p.now, p.sp = p.then.clone(), nil
	for a, o := range p.articles {
		if p.now.articles[a] != p.Contains(o) {
			p.fail("%s is in the session: %v", a, p.Contains(o))
		}
	}
	p.compare()
}

// ask compares a condition along the relationship.
func (p *program) ask(t string) {
	p.say("query of %s", t)
	names, err := query.Select(Articles.Name).Filter(Articles.Topics.Any(Topics.Name.Eq(t))).All(ctx, p)
	p.ok(err)
	slices.Sort(names)
	if want := p.articlesOf(p.now, t); !slices.Equal(names, want) {
		p.fail("%s has %v, want %v", t, names, want)
	}
}

// compare compares the database with what there should be after the last commit.
func (p *program) compare() {
	var want []string
	for l := range p.then.links {
		want = append(want, "("+l.article+","+l.topic+")")
	}
	slices.Sort(want)
	if got := rowsOf(p, p.eng, "SELECT a.name, topic_name FROM article_topic JOIN article a ON a.id = article_id"); got != strings.Join(want, " ") {
		p.fail("rows are %s, want %s", got, strings.Join(want, " "))
	}
}

// TestRandomManyToMany: random programs do to the database, and see of it, what sets of pairs say.
func TestRandomManyToMany(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, market)
	for i := range *rounds {
		t.Run(fmt.Sprint(*seed+uint64(i)), func(t *testing.T) {
			_, err := eng.Pool().Exec(ctx, "TRUNCATE article, topic, article_topic, similar_article RESTART IDENTITY")
			ok(t, err)
			p := &program{
				T: t, Session: eng.Session(), eng: eng, rnd: rand.New(rand.NewPCG(*seed+uint64(i), 1)),
				now:      books{map[string]bool{}, map[string]bool{}, map[link]bool{}},
				articles: map[string]*Article{}, topics: map[string]*Topic{},
			}
			p.then = p.now.clone()
			for range 120 {
				p.step()
			}
			p.ok(p.Commit(ctx))
			p.then = p.now.clone()
			p.compare()
			ok(t, p.Close(ctx))
		})
	}
}

// TestRandomOneToOne: random programs on users and desks, of which each has at most one of the other.
func TestRandomOneToOne(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, office)
	for i := range *rounds {
		t.Run(fmt.Sprint(*seed+uint64(i)), func(t *testing.T) { randomOffice(t, eng, *seed+uint64(i)) })
	}
}

func randomOffice(t *testing.T, eng *session.Engine, seed uint64) {
	t.Helper()
	_, err := eng.Pool().Exec(ctx, "TRUNCATE users, profile, desk RESTART IDENTITY")
	ok(t, err)
	seedOffice(t, eng)
	m := readOffice(t, eng)
	rnd := rand.New(rand.NewPCG(seed, 2))
	now := map[*Desk]*User{m.d[0]: m.u[0], m.d[1]: m.u[1]}
	then, saved := maps.Clone(now), maps.Clone(now)
	var sp *session.Savepoint
	var log []string
	say := func(format string, args ...any) { log = append(log, fmt.Sprintf(format, args...)) }
	check := func(what string, good bool) {
		t.Helper()
		if !good {
			t.Fatalf("%s\n%s", what, strings.Join(log, "\n"))
		}
	}
	give := func(d *Desk, u *User) {
		if u != nil {
			for other, owner := range now {
				if owner == u {
					delete(now, other)
				}
			}
		}
		if delete(now, d); u != nil {
			now[d] = u
		}
	}
	for range 150 {
		u, d := m.u[rnd.IntN(len(m.u))], m.d[rnd.IntN(len(m.d))]
		switch rnd.IntN(19) {
		case 16, 17, 18:
			switch {
			case sp == nil:
				say("savepoint")
				made, err := m.Savepoint(ctx)
				ok(t, err)
				sp, saved = made, maps.Clone(now)
				continue
			case rnd.IntN(3) == 0:
				say("release")
				ok(t, sp.Release(ctx))
			default:
				say("back to the savepoint")
				ok(t, sp.Rollback(ctx))
				now = maps.Clone(saved)
			}
			sp = nil
		case 0, 1, 2:
			say("%s.Desk = %s", u.Name, d.Room)
			u.Desk.Set(d)
			give(d, u)
		case 3:
			say("%s.Desk = nil", u.Name)
			u.Desk.Set(nil)
			maps.DeleteFunc(now, func(_ *Desk, owner *User) bool { return owner == u })
		case 4, 5:
			say("%s.User = %s", d.Room, u.Name)
			d.User.Set(u)
			give(d, u)
		case 6:
			say("%s.User = nil", d.Room)
			d.User.Set(nil)
			give(d, nil)
		case 7, 8:
			say("see %s", u.Name)
			got, err := u.Desk.Get(ctx)
			ok(t, err)
			if got == nil {
				check("no desk", !slices.Contains(slices.Collect(maps.Values(now)), u))
			} else {
				check("another desk: "+got.Room, now[got] == u)
			}
		case 9, 10:
			say("see %s", d.Room)
			got, err := d.User.Get(ctx)
			ok(t, err)
			check("another user", now[d] == got)
		case 11:
			say("expire %s", u.Name)
			m.Expire(u)
		case 12, 13:
			say("flush")
			ok(t, m.Flush(ctx))
		case 14:
			say("commit")
			ok(t, m.Commit(ctx))
			then, sp = maps.Clone(now), nil
			var want []string
			for d, u := range now {
				want = append(want, fmt.Sprintf("(%s,%s)", d.Room, u.Name))
			}
			slices.Sort(want)
			check("rows", rowsOf(t, eng, "SELECT room, name FROM desk JOIN users ON users.id = user_id") == strings.Join(want, " "))
		case 15:
			say("rollback")
			ok(t, m.Rollback(ctx))
			now, sp = maps.Clone(then), nil
		}
	}
	ok(t, m.Close(ctx))
}
