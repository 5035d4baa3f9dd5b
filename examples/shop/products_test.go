package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestCategories(t *testing.T) {
	t.Parallel()
	s := newService(t)
	equal(t, s.want(t, "GET /categories", "", 200, 2), `[
		{"id": 1, "name": "Books", "children": [
			{"id": 3, "name": "Novels", "parent_id": 1, "children": []},
			{"id": 4, "name": "Poetry", "parent_id": 1, "children": []}]},
		{"id": 2, "name": "Music", "children": []}]`)
}

// TestListProducts: each filter by itself and together; three statements whatever the number of products.
func TestListProducts(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.want(t, "POST /products/import", `[{"sku": "B-4", "name": "100% Poems", "price": "1.00", "stock": 0, "category_id": 4}]`, 200, 1)
	for _, x := range []struct{ query, want string }{
		{"", "B-4 B-1 B-3 M-1 B-2"},
		{"q=eO", "B-1"},
		{"q=0%25", "B-4"},
		{"q=%25%25", ""},
		{"tag=old", "B-1 M-1 B-2"},
		{"category=1", "B-4 B-1 B-3 B-2"},
		{"category=4&tag=old", "B-1 B-2"},
		{"category=99", ""},
		{"max_price=9.99", "B-4 B-1 B-3"},
		{"max_price=9.98&in_stock", "B-1"},
		{"in_stock", "B-1 B-3 M-1 B-2"},
	} {
		if got := strings.Join(s.skus(t, x.query), " "); got != x.want {
			t.Errorf("%s: %s, want %s", x.query, got, x.want)
		}
		for _, size := range []int{1, 2, 5} { // the pages together are the list
			if got := strings.Join(s.skus(t, fmt.Sprintf("%s&size=%d", x.query, size)), " "); got != x.want {
				t.Errorf("%s in pages of %d: %s, want %s", x.query, size, got, x.want)
			}
		}
	}
}

// skus reads all pages of a list.
func (s *service) skus(t *testing.T, query string) (skus []string) {
	t.Helper()
	after := ""
	for {
		var page struct {
			Products []struct{ SKU string }
			Next     string
		}
		answer := s.want(t, "GET /products?"+query+"&after="+url.QueryEscape(after), "", 200, 3)
		if err := json.Unmarshal([]byte(answer), &page); err != nil {
			t.Fatal(err)
		}
		for _, p := range page.Products {
			skus = append(skus, p.SKU)
		}
		if after = page.Next; after == "" || len(skus) > 100 {
			return skus
		}
	}
}

func TestGetProduct(t *testing.T) {
	t.Parallel()
	s := newService(t)
	equal(t, s.want(t, "GET /products/4", "", 200, 3), `{
		"id": 4, "sku": "M-1", "name": "Tannhäuser", "price": "30.00", "stock": 3, "category_id": 2, "version": 1,
		"category": {"id": 2, "name": "Music"}, "tags": [{"id": 1, "name": "old"}, {"id": 2, "name": "vinyl"}]}`)
}

// TestPutProduct: a product goes out as JSON, comes back changed, and only what differs is written.
func TestPutProduct(t *testing.T) {
	t.Parallel()
	s := newService(t)
	// SELECT product, SELECT its tags, SELECT the tags that are given, UPDATE, INSERT tag, DELETE and INSERT of pairs
	equal(t, s.want(t, "PUT /products/4", `{"version": 1, "name": "Tannhäuser", "price": "29.00", "stock": 3, "category_id": 2,
		"sku": "not copied", "tags": [{"id": 1, "name": "not copied"}, {"name": "opera"}]}`, 200, 7),
		`{"id": 4, "sku": "M-1", "name": "Tannhäuser", "price": "29.00", "stock": 3, "category_id": 2, "version": 2,
		"tags": [{"id": 1, "name": "old"}, {"id": 3, "name": "opera"}]}`)
	equal(t, s.want(t, "GET /products/4", "", 200, 3), `{
		"id": 4, "sku": "M-1", "name": "Tannhäuser", "price": "29.00", "stock": 3, "category_id": 2, "version": 2,
		"category": {"id": 2, "name": "Music"}, "tags": [{"id": 1, "name": "old"}, {"id": 3, "name": "opera"}]}`)

	// The same once more is no change: the SELECT alone. A list that is not given stays.
	same := `{"version": 2, "name": "Tannhäuser", "price": "29.00", "stock": 3, "category_id": 2}`
	s.want(t, "PUT /products/4", same, 200, 1)
	equal(t, s.want(t, "GET /products?q=tann", "", 200, 3), `{"products": [
		{"id": 4, "sku": "M-1", "name": "Tannhäuser", "price": "29.00", "stock": 3, "category_id": 2, "version": 2,
		"category": {"id": 2, "name": "Music"}, "tags": [{"id": 1, "name": "old"}, {"id": 3, "name": "opera"}]}]}`)
	s.want(t, "PUT /products/4", strings.Replace(same, "}", `, "tags": []}`, 1), 200, 3)
	if got := s.want(t, "GET /products/4", "", 200, 3); !strings.Contains(got, `"tags":[]`) {
		t.Error(got)
	}
}

func TestPutProductRefused(t *testing.T) {
	t.Parallel()
	s := newService(t)
	before := s.want(t, "GET /products/1", "", 200, 3)
	const good = `"name": "Beowulf", "price": "7.95", "stock": 10, "category_id": 4`
	for _, x := range []struct {
		body   string
		status int
		want   string
	}{
		{`{` + good + `}`, 400, "version is missing"},
		{`{"version": 7, ` + good + `}`, 409, "somebody else has changed it"},
		{`{"version": 1, ` + good + `, "category": {"id": 1, "children": []}}`, 400, "category is there"},
		{`{"version": 1, ` + good + `, "tags": [{"id": 99, "name": "x"}]}`, 400, "there is no tag 99"},
		{`{"version": 1, ` + good + `, "tags": [{"name": "vinyl"}]}`, 409, "tag_name_key"},
		{`{"version": 1, ` + good + `, "tags": [{"name": ""}]}`, 422, `{"object":"Tag(id not set)","error":"name is missing"}`},
		{
			`{"version": 1, "name": "", "price": "7.955", "stock": -1, "category_id": 4}`, 422,
			`{"object":"Product(id=1)","error":"name is missing\nprice is no amount like \"12.50\"\nstock is negative"}`,
		},
		{`{"version": 1, "name": "x", "price": "7.95", "stock": 1, "category_id": 99}`, 422, "refers to nothing: product_category_id_fkey"},
	} {
		status, answer := s.send(t.Context(), "PUT /products/1", x.body)
		if status != x.status || !strings.Contains(answer, x.want) {
			t.Errorf("%s: %d %s, want %d %s", x.body, status, answer, x.status, x.want)
		}
	}
	equal(t, s.want(t, "GET /products/1", "", 200, 3), before)
	s.want(t, "PUT /products/99", `{"version": 1, `+good+`}`, 404, 1)
}

// TestPutProductAtOnce: of several who have seen the same version one wins, and the others are told.
func TestPutProductAtOnce(t *testing.T) {
	t.Parallel()
	s := newService(t)
	status := make([]int, 8)
	var all sync.WaitGroup
	for i := range status {
		all.Go(func() {
			body := fmt.Sprintf(`{"version": 1, "name": "Dune %d", "price": "9.99", "stock": 10, "category_id": 3}`, i)
			status[i], _ = s.send(t.Context(), "PUT /products/3", body)
		})
	}
	all.Wait()
	winner := slices.Index(status, 200)
	if slices.Sort(status); !slices.Equal(status, []int{200, 409, 409, 409, 409, 409, 409, 409}) {
		t.Errorf("statuses are %d", status)
	}
	if got := s.want(t, "GET /products/3", "", 200, 3); !strings.Contains(got, fmt.Sprintf(`"name":"Dune %d"`, winner)) || !strings.Contains(got, `"version":2`) {
		t.Errorf("%d won, and the product is %s", winner, got)
	}
}

// TestDeleteProduct: what is no longer sold is not found, and orders and reports still have it.
func TestDeleteProduct(t *testing.T) {
	t.Parallel()
	s := newService(t)
	report := s.want(t, "GET /reports/top-products", "", 200, 1)
	s.want(t, "DELETE /products/1", "", 204, 2)
	s.want(t, "GET /products/1", "", 404, 1)
	s.want(t, "DELETE /products/1", "", 404, 1)
	s.want(t, "PUT /products/1", `{"version": 2, "name": "Beowulf", "price": "7.95", "stock": 10, "category_id": 4}`, 404, 1)
	if got := s.skus(t, ""); !slices.Equal(got, []string{"B-3", "M-1", "B-2"}) {
		t.Error(got)
	}
	if got := s.want(t, "GET /orders/1", "", 200, 4); !strings.Contains(got, `"name":"Beowulf"`) || !strings.Contains(got, `"deleted_at":`) {
		t.Error(got)
	}
	equal(t, s.want(t, "GET /reports/top-products", "", 200, 1), report)

	// An import has it sold again.
	const again = `[{"sku": "B-1", "name": "Beowulf", "price": "8.00", "stock": 1, "category_id": 4}]`
	equal(t, s.want(t, "POST /products/import", again, 200, 1),
		`[{"id": 1, "sku": "B-1", "name": "Beowulf", "price": "8.00", "stock": 1, "category_id": 4, "version": 3, "inserted": false}]`)
	s.want(t, "GET /products/1", "", 200, 3)
}

// TestImport: new ones are told from others, in one statement, and all or none are stored.
func TestImport(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var rows []string
	for i := range 50 {
		rows = append(rows, fmt.Sprintf(`{"id": 1, "version": 9, "sku": "B-%d", "name": "Book %[1]d", "price": "%[1]d.10", "stock": %[1]d, "category_id": 3}`, i+1))
	}
	var got []struct {
		ID, Version int64
		SKU, Price  string
		Inserted    bool
	}
	if err := json.Unmarshal([]byte(s.want(t, "POST /products/import", "["+strings.Join(rows, ",")+"]", 200, 1)), &got); err != nil {
		t.Fatal(err)
	}
	ids := map[int64]bool{}
	for i, p := range got {
		version := int64(1)
		if i < 3 {
			version = 2
		}
		if ids[p.ID] = true; p.SKU != fmt.Sprintf("B-%d", i+1) || p.Price != fmt.Sprintf("%d.10", i+1) || p.Inserted != (i >= 3) || p.Version != version {
			t.Errorf("row %d is %+v", i, p)
		}
	}
	if len(got) != 50 || len(ids) != 50 {
		t.Errorf("%d rows with %d keys", len(got), len(ids))
	}
	for _, x := range []struct {
		body   string
		status int
		want   string
	}{
		{`[]`, 200, `[]`},
		{`[{"sku": "Z", "name": "z", "price": "1.00", "category_id": 1, "tags": [{"id": 1}]}]`, 400, "neither category nor tags"},
		{`[{"sku": "Z", "name": "z", "price": "1.00", "category": {"id": 1}}]`, 400, "neither category nor tags"},
		{
			`[{"sku": "", "name": "x", "price": "1.00", "category_id": 1}, {"sku": "Y", "name": "y", "price": "1", "category_id": 1}]`, 422,
			`[{"object":"Product(sku=)","error":"sku is missing"},{"object":"Product(sku=Y)","error":"price is no amount like \"12.50\""}]`,
		},
		{`[{"sku": "Z", "name": "z", "price": "1.00", "category_id": 1}, {"sku": "Y", "name": "y", "price": "1.00", "category_id": 99}]`, 422, "product_category_id_fkey"},
		{`[{"sku": "Z", "name": "z", "price": "1.00", "category_id": 1}, {"sku": "Z", "name": "y", "price": "1.00", "category_id": 1}]`, 400, "there twice"},
	} {
		status, answer := s.send(t.Context(), "POST /products/import", x.body)
		if status != x.status || !strings.Contains(answer, x.want) {
			t.Errorf("%s: %d %s, want %d %s", x.body, status, answer, x.status, x.want)
		}
	}
	if got := s.skus(t, "q=z"); len(got) > 0 {
		t.Errorf("a part was stored: %v", got)
	}
}

func TestTopProducts(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.want(t, "POST /products/import", `[{"sku": "B-5", "name": "Poems", "price": "12.50", "stock": 9, "category_id": 4}]`, 200, 1)
	s.want(t, "POST /orders", `{"customer_id": 2, "lines": [{"product_id": 5, "quantity": 2}, {"product_id": 3, "quantity": 2}]}`, 201, 4)
	equal(t, s.want(t, "GET /reports/top-products?places=1", "", 200, 1), `[
		{"category": "Music", "place": 1, "sku": "M-1", "sold": 1, "revenue": "30.00"},
		{"category": "Novels", "place": 1, "sku": "B-3", "sold": 3, "revenue": "29.97"},
		{"category": "Poetry", "place": 1, "sku": "B-2", "sold": 2, "revenue": "25.00"},
		{"category": "Poetry", "place": 1, "sku": "B-5", "sold": 2, "revenue": "25.00"}]`)
	if got := s.want(t, "GET /reports/top-products", "", 200, 1); !strings.Contains(got, `"place":3,"sku":"B-1","sold":3,"revenue":"23.85"`) {
		t.Error(got)
	}
}
