package relations_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// The mapping of the tests of many-to-many relationships.
type (
	// Article has topics, and Topic its articles.
	Article struct {
		ID      int64
		Name    string
		Topics  model.Many[Topic]
		Similar model.Many[Article] // a graph of one direction
	}
	Topic struct {
		Name     string
		Rank     *int32
		Articles model.Many[Article]
	}
	// Spot has a composite key, and edges to other spots.
	Spot struct {
		X, Y int32
		Name string
		Next model.Many[Spot]
		Prev model.Many[Spot]
	}
	articles struct {
		model.Table[Article]
		ID      expr.Int
		Name    expr.Text
		Topics  model.ToMany[Article, Topic]
		Similar model.ToMany[Article, Article]
	}
	topics struct {
		model.Table[Topic]
		Name     expr.Text
		Rank     expr.NullInt32
		Articles model.ToMany[Topic, Article]
	}
	spots struct {
		model.Table[Spot]
		X, Y expr.Int32
		Name expr.Text
		Next model.ToMany[Spot, Spot]
		Prev model.ToMany[Spot, Spot]
	}
)

var (
	Articles = model.Map("article", func(t *articles) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.OrderBy(t.Similar, t.ID.Asc()),
			model.ManyToMany(t.Similar, "similar_article").OwnerColumns("article_id").TargetColumns("similar_id"),
		}
	})
	Topics = model.Map("topic", func(t *topics) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.Name), model.ManyToMany(Articles.Topics, "article_topic"),
			model.OrderBy(Articles.Topics, t.Rank.Asc(), t.Name.Asc()), model.OrderBy(t.Articles, Articles.ID.Asc()),
		}
	})
	Spots = model.Map("spot", func(t *spots) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.X, t.Y), model.OrderBy(t.Next, t.X.Asc(), t.Y.Asc()), model.OrderBy(t.Prev, t.X.Asc(), t.Y.Asc()),
			model.ManyToMany(t.Next, "edge").OwnerColumns("from_x", "from_y").TargetColumns("to_x", "to_y").OnDelete("CASCADE").OnUpdate("CASCADE"),
			model.Inverse(t.Next, t.Prev), model.DatabaseDeletes(t.Next),
		}
	})
	market = model.MustSchema(Articles, Topics, Spots)
)
