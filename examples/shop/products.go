package main

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/cupel-go/cupel/examples/shop/store"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// listCategories answers with the trees of categories. Two statements, however deep they are: all categories, and all lists of children.
func (s *server) listCategories(r *http.Request) (int, any, error) {
	c := store.Categories
	all, err := query.Select(c).OrderBy(c.Name).Load(c.Children).All(r.Context(), s.eng)
	if err != nil {
		return 0, nil, err
	}
	roots := []*store.Category{}
	for _, x := range all {
		if x.ParentID == nil {
			roots = append(roots, x)
		}
	}
	return http.StatusOK, roots, nil
}

// productPage is a page of the list of products.
type productPage struct {
	Products []*store.Product `json:"products"`
	Next     string           `json:"next,omitempty"` // to be given back as after; "": there is no more
}

// listProducts answers with a page of the products that the parameters narrow: q, tag, category, max_price, in_stock; size, after.
func (s *server) listProducts(r *http.Request) (int, any, error) {
	form := r.URL.Query()
	search, err := searchOf(form)
	if err != nil {
		return 0, nil, err
	}
	size, err := number(form.Get("size"), "size", 20)
	if err != nil {
		return 0, nil, err
	}
	page, err := query.Pages(search.Query(), int(min(size, 100))).After(r.Context(), s.eng, form.Get("after"))
	if err != nil {
		return 0, nil, err
	}
	return http.StatusOK, productPage{Products: page.Rows, Next: page.Next}, nil
}

func searchOf(form url.Values) (s store.Search, err error) {
	given := func(name string) *string {
		if !form.Has(name) {
			return nil
		}
		return new(form.Get(name))
	}
	s.Text, s.Tag, s.InStock = given("q"), given("tag"), form.Has("in_stock")
	if given("category") != nil {
		id, err := number(form.Get("category"), "category", 0)
		if err != nil {
			return s, err
		}
		s.Category = &id
	}
	if most := given("max_price"); most != nil {
		s.MaxPrice = new(store.Money(*most))
		if !s.MaxPrice.Valid() {
			return s, fmt.Errorf("%w: max_price is no amount", errRequest)
		}
	}
	return s, nil
}

func (s *server) getProduct(r *http.Request, id int64) (int, any, error) {
	p := store.Products
	product, err := query.Select(p).Filter(p.ID.Eq(id)).Load(p.Category, p.Tags).One(r.Context(), s.eng)
	return http.StatusOK, product, err
}

// putProduct makes a product what the request says, who must have seen its version; of its tags those without an id are new ones.
func (s *server) putProduct(r *http.Request, id int64) (int, any, error) {
	var given store.Product
	if err := read(r, &given); err != nil {
		return 0, nil, err
	}
	if given.Version == 0 || !given.Category.IsZero() {
		return 0, nil, fmt.Errorf("%w: version is missing, or category is there, whose id is category_id", errRequest)
	}
	given.ID = id

	ctx, ses, p := r.Context(), s.session(), store.Products
	defer ses.Close(ctx)
	if _, err := session.Get(ctx, ses, p, id); err != nil { // what is deleted is not merged with
		return 0, nil, err
	}
	product, err := session.Merge(ctx, ses, &given, p.Name, p.Price, p.Stock, p.CategoryID)
	if err != nil {
		return 0, nil, err
	}
	for _, x := range ses.New() {
		if tag, ok := x.(*store.Tag); ok && tag.ID != 0 { // Merge takes what has no row for new
			return 0, nil, fmt.Errorf("%w: there is no tag %d", errRequest, tag.ID)
		}
	}
	return http.StatusOK, product, ses.Commit(ctx)
}

// deleteProduct ends the sale of a product. Orders keep it.
func (s *server) deleteProduct(r *http.Request, id int64) (int, any, error) {
	ctx, ses := r.Context(), s.session()
	defer ses.Close(ctx)
	product, err := session.Get(ctx, ses, store.Products, id)
	if err != nil {
		return 0, nil, err
	}
	ses.Delete(product)
	return http.StatusNoContent, nil, ses.Commit(ctx)
}

// imported is what became of a product that was imported.
type imported struct {
	*store.Product
	Inserted bool `json:"inserted"` // false: there was one with this SKU
}

// importProducts inserts products or, where there is one with the SKU, updates it: one statement, whatever their number.
func (s *server) importProducts(r *http.Request) (int, any, error) {
	var given []*store.Product
	if err := read(r, &given); err != nil {
		return 0, nil, err
	}
	invalid := &session.ValidationError{} // what goes past sessions is not validated by them
	seen := map[string]bool{}
	for _, p := range given {
		if p == nil || seen[p.SKU] {
			return 0, nil, fmt.Errorf("%w: a product is null, or there twice", errRequest)
		}
		if !p.Category.IsZero() || !p.Tags.IsZero() { // an upsert follows no lists, and what is not stored is not taken silently
			return 0, nil, fmt.Errorf("%w: an import has neither category nor tags, say category_id", errRequest)
		}
		seen[p.SKU] = true
		p.ID, p.Version, p.DeletedAt = 0, 0, nil
		if err := p.Validate(); err != nil {
			invalid.Invalid = append(invalid.Invalid, session.Invalid{Object: p, Name: "Product(sku=" + p.SKU + ")", Err: err})
		}
	}
	if len(invalid.Invalid) > 0 {
		return 0, nil, invalid
	}
	p := store.Products
	inserted, err := session.Upsert(r.Context(), s.eng, p, given, session.Conflict{
		On:  []expr.Expression{p.SKU},
		Set: []expr.Expression{p.Name, p.Price, p.Stock, p.CategoryID, p.DeletedAt}, // it is sold again
	})
	if err != nil {
		return 0, nil, err
	}
	rows := make([]imported, len(given))
	for i, isNew := range inserted {
		rows[i] = imported{Product: given[i], Inserted: isNew}
	}
	return http.StatusOK, rows, nil
}

// topProducts answers with the products of the first places by revenue, of each category.
func (s *server) topProducts(r *http.Request) (int, any, error) {
	n, err := number(r.FormValue("places"), "places", 3)
	if err != nil {
		return 0, nil, err
	}
	rows, err := store.TopProducts(n).All(r.Context(), s.eng)
	return http.StatusOK, rows, err
}
