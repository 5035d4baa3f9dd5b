package store

import (
	"context"

	"github.com/cupel-go/cupel/session"
)

// Seed stores some rows to try the shop with. What they refer to comes with them: an order brings its customer, lines, products, and so on.
func Seed(ctx context.Context, eng *session.Engine) error {
	return eng.InTx(ctx, session.TxOptions{}, func(s *session.Session) error {
		books, music := &Category{Name: "Books"}, &Category{Name: "Music"}
		novels, poetry := &Category{Name: "Novels"}, &Category{Name: "Poetry"}
		books.Children.Add(novels, poetry)
		old, vinyl := &Tag{Name: "old"}, &Tag{Name: "vinyl"}

		beowulf := product(poetry, "B-1", "Beowulf", "7.95", 10, old)
		odyssey := product(poetry, "B-2", "The Odyssey", "12.50", 10, old)
		dune := product(novels, "B-3", "Dune", "9.99", 10)
		tannhaeuser := product(music, "M-1", "Tannhäuser", "30.00", 3, old, vinyl)
		s.Add(books, music, beowulf, odyssey, dune, tannhaeuser)

		ada := &Customer{Name: "Ada", Email: "ada@example.org", Credit: "100.00"}
		ada.Orders.Add(order(line(beowulf, 3), line(dune, 1)), order(line(odyssey, 2)))
		bob := &Customer{Name: "Bob", Email: "bob@example.org", Credit: "50.00"}
		bob.Orders.Add(order(line(tannhaeuser, 1)))
		s.Add(ada, bob)
		return nil
	})
}

func product(c *Category, sku, name string, price Money, stock int32, tags ...*Tag) *Product {
	p := &Product{SKU: sku, Name: name, Price: price, Stock: stock}
	p.Category.Set(c)
	p.Tags.Add(tags...)
	return p
}

func order(lines ...*Line) *Order {
	o := &Order{}
	o.Lines.Add(lines...)
	return o
}

func line(p *Product, quantity int32) *Line {
	l := &Line{Quantity: quantity, Price: p.Price}
	l.Product.Set(p)
	return l
}
