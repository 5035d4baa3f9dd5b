package model_test

import (
	"fmt"
	"strings"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

type (
	Product struct {
		ID     int64
		Name   string
		Price  int64
		Labels model.Many[Label]
	}
	Label struct {
		ID       int64
		Name     string
		Products model.Many[Product]
		Cheap    model.Many[Product]
	}
	products struct {
		model.Table[Product]
		ID     expr.Int
		Name   expr.Text
		Price  expr.Int
		Labels model.ToMany[Product, Label]
	}
	labels struct {
		model.Table[Label]
		ID       expr.Int
		Name     expr.Text
		Products model.ToMany[Label, Product]
		Cheap    model.ToMany[Label, Product]
	}
)

var (
	Products = model.Map("product", func(t *products) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	Labels   = model.Map("label", func(t *labels) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID),
			model.ManyToMany(t.Products, "product_label").OnDelete("CASCADE"), // Product.Labels is the other side
			model.ManyToMany(t.Cheap, "product_label"), model.ViewOnly(t.Cheap, Products.Price.Lt(10)),
		}
	})
	catalog = model.MustSchema(Products, Labels)
)

// How do I map a many-to-many? The table of pairs has no struct.
func ExampleManyToMany() {
	ddl := catalog.DDL()
	fmt.Println(ddl[len(ddl)-1])
	show(query.Select(Products.Name).Filter(Products.Labels.Any(Labels.Name.Eq("new"))))
	show(query.Select(Products.Name).Join(Products.Labels).GroupBy(Products.Name))
	// Output:
	// CREATE TABLE product_label (
	// 	label_id bigint NOT NULL,
	// 	product_id bigint NOT NULL,
	// 	PRIMARY KEY (label_id, product_id),
	// 	FOREIGN KEY (label_id) REFERENCES label (id) ON DELETE CASCADE,
	// 	FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE CASCADE
	// )
	// SELECT product.name
	// FROM product
	// WHERE EXISTS (SELECT 1
	// FROM label, product_label
	// WHERE product_label.product_id = product.id AND product_label.label_id = label.id AND label.name = $1)
	// SELECT product.name
	// FROM product JOIN product_label ON product_label.product_id = product.id JOIN label ON product_label.label_id = label.id GROUP BY product.name
}

// How do I show some of the related rows? They are loaded, joined and counted by a condition, and never written.
func ExampleViewOnly() {
	show(query.Select2(Labels.Name, Labels.Cheap.Count()))
	// Output:
	// SELECT label.name, (SELECT count(*)
	// FROM product, product_label
	// WHERE product_label.label_id = label.id AND product_label.product_id = product.id AND product.price < $1)
	// FROM label
}

// show prints the SQL of a query, without the blanks at the ends of its lines.
func show(q interface{ SQL() (string, []any, error) }) {
	sql, _, err := q.SQL()
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(strings.ReplaceAll(sql, " \n", "\n"))
}
