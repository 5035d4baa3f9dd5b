package relationships_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// begin mapping

type Author struct {
	ID    int64
	Name  string
	Posts model.Many[Post]
}

type Post struct {
	ID       int64
	Title    string
	AuthorID *int64
	Author   model.One[Author]
}

type authors struct {
	model.Table[Author]
	ID    expr.Int
	Name  expr.Text
	Posts model.ToMany[Author, Post]
}

type posts struct {
	model.Table[Post]
	ID       expr.Int
	Title    expr.Text
	AuthorID expr.NullInt
	Author   model.ToOne[Post, Author]
}

var Authors = model.Map("author", func(t *authors) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID)}
})

var Posts = model.Map("post", func(t *posts) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.AuthorID, Authors.ID), model.OrderBy(Authors.Posts, t.ID.Asc())}
})

// end mapping

var blog = model.MustSchema(Authors, Posts)

// One-to-many and many-to-one.
//
// The foreign key is of the many. Both sides are mapped, or one of them; DeleteMembers and DeleteOrphans say what becomes of the many without
// their owner, else their foreign key is NULL then.
func (Kinds) OneToMany(ctx context.Context, s *session.Session) error {
	a := &Author{Name: "Ann"}
	a.Posts.Add(&Post{Title: "one"}, &Post{Title: "two"})
	s.Add(a) // and the posts with it
	if err := s.Commit(ctx); err != nil {
		return err
	}
	posts, err := query.Select(Posts).Filter(Posts.Author.Has(Authors.Name.Eq("Ann"))).All(ctx, s)
	if err != nil {
		return err
	}
	a.Posts.Remove(posts[0]) // posts[0].Author is nil now
	return s.Commit(ctx)
}

// Part of the lists, the first n of each, and counts
//
// A list that an object has is whole, or not loaded. Part of the lists of many objects stands beside them, in the order of the objects; one
// statement reads it.
func (Kinds) OneToManyParts(ctx context.Context, s *session.Session) error {
	authors, err := query.Select(Authors).OrderBy(Authors.ID).All(ctx, s)
	if err != nil {
		return err
	}
	if _, err := session.Lists(ctx, s, authors, Authors.Posts.Where(Posts.Title.Like("t%"))); err != nil {
		return err
	}
	if _, err := session.Lists(ctx, s, authors, Authors.Posts.OrderBy(Posts.ID.Desc()).First(3)); err != nil {
		return err
	}
	_, err = query.Select2(Authors, Authors.Posts.Count()).All(ctx, s)
	return err
}
