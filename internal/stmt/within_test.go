package stmt_test

import (
	"slices"
	"testing"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// ofCustomer is what the accounts of the customer around have.
func ofCustomer(item ast.Node) *stmt.Select {
	return &stmt.Select{List: list(item), Where: nodes(eq(accountCustomer, customerID))}
}

// TestCorrelation: a statement within another leaves out the tables that are around it, unless nothing would be left.
func TestCorrelation(t *testing.T) {
	inner := ofCustomer(&ast.Keyword{Text: "1"})
	boss := []*ast.Column{{Table: boss, Name: "id"}, {Table: boss, Name: "name"}}
	check(t, []golden{
		{
			"alone it has them", inner,
			"SELECT 1 \nFROM account, customer \nWHERE account.cust_id = customer.id",
		},
		{
			"EXISTS", &stmt.Select{List: list(customerName), Where: nodes(exists(inner))},
			"SELECT customer.name \nFROM customer \nWHERE EXISTS (SELECT 1 \nFROM account \nWHERE account.cust_id = customer.id)",
		},
		{
			"NOT EXISTS", &stmt.Select{List: list(customerName), Where: nodes(ast.Negate(exists(inner)))},
			"SELECT customer.name \nFROM customer \nWHERE NOT EXISTS (SELECT 1 \nFROM account \nWHERE account.cust_id = customer.id)",
		},
		{
			"in the list, before FROM", &stmt.Select{List: list(customerName, scalar(ofCustomer(count(accountNo))))},
			"SELECT customer.name, (SELECT count(account.no) \nFROM account \nWHERE account.cust_id = customer.id) \nFROM customer",
		},
		{
			"in all clauses", &stmt.Select{
				List: list(customerName), Joins: []stmt.Join{{Kind: stmt.LeftJoin, Table: transfer, On: exists(inner)}}, Group: nodes(customerID),
				Order: nodes(&ast.Order{X: scalar(ofCustomer(count(accountNo))), Desc: true}), More: &stmt.Rare{Having: nodes(exists(inner))},
			},
			"SELECT customer.name \nFROM customer LEFT OUTER JOIN transfer ON EXISTS (SELECT 1 \nFROM account \nWHERE account.cust_id = customer.id) " +
				"GROUP BY customer.id \nHAVING EXISTS (SELECT 1 \nFROM account \nWHERE account.cust_id = customer.id) " +
				"ORDER BY (SELECT count(account.no) \nFROM account \nWHERE account.cust_id = customer.id) DESC",
		},
		{
			"nothing would be left", &stmt.Select{List: list(customerID), Where: nodes(eq(customerID, scalar(&stmt.Select{
				List: list(&ast.Call{Name: "max", Args: nodes(customerID)}),
			})))},
			"SELECT customer.id \nFROM customer \nWHERE customer.id = (SELECT max(customer.id) \nFROM customer)",
		},
		{
			"named, it stays", &stmt.Select{List: list(customerID), Where: nodes(exists(&stmt.Select{
				List: list(accountNo), Where: nodes(eq(accountCustomer, customerID)), More: from(customer),
			}))},
			"SELECT customer.id \nFROM customer \nWHERE EXISTS (SELECT account.no \nFROM customer, account \nWHERE account.cust_id = customer.id)",
		},
		{
			"a table that a join brings is around too", &stmt.Select{
				List: list(customerName), Joins: []stmt.Join{{Table: account}},
				Where: nodes(exists(&stmt.Select{List: list(transferID), Where: nodes(eq(transferSource, accountNo))})),
			},
			"SELECT customer.name \nFROM customer JOIN account ON customer.id = account.cust_id " +
				"\nWHERE EXISTS (SELECT transfer.id \nFROM transfer \nWHERE transfer.source = account.no)",
		},
		{
			"a join within stays, and its condition may name a table around", &stmt.Select{List: list(customerName), Where: nodes(exists(&stmt.Select{
				List: list(accountNo), Joins: []stmt.Join{{Table: transfer, On: eq(transferID, customerID)}},
			}))},
			"SELECT customer.name \nFROM customer \nWHERE EXISTS (SELECT account.no \nFROM account JOIN transfer ON transfer.id = customer.id)",
		},
		{
			"two levels", &stmt.Select{List: list(customerName), Where: nodes(exists(&stmt.Select{
				List: list(accountNo), Where: nodes(exists(&stmt.Select{
					List: list(transferID), Where: nodes(eq(transferSource, accountNo), eq(transferID, customerID)),
				})),
			}))},
			"SELECT customer.name \nFROM customer \nWHERE EXISTS (SELECT account.no \nFROM account " +
				"\nWHERE EXISTS (SELECT transfer.id \nFROM transfer \nWHERE transfer.source = account.no AND transfer.id = customer.id))",
		},
		{
			"an alias is another table", &stmt.Select{List: list(boss[1]), Where: nodes(exists(&stmt.Select{
				List: list(customerID), Where: nodes(eq(customerID, boss[0])),
			}))},
			"SELECT boss.name \nFROM customer AS boss \nWHERE EXISTS (SELECT customer.id \nFROM customer \nWHERE customer.id = boss.id)",
		},
		{
			"IN", &stmt.Select{List: list(customerID), Where: nodes(&ast.In{X: customerID, Query: &stmt.Select{List: list(accountCustomer)}})},
			"SELECT customer.id \nFROM customer \nWHERE customer.id IN (SELECT account.cust_id \nFROM account)",
		},
		{
			"UPDATE", &stmt.Update{
				Change: stmt.Change{Table: customer, Where: nodes(exists(inner))},
				Set:    []ast.Assignment{{Column: customerName, Value: scalar(ofCustomer(count(accountNo)))}},
			},
			"UPDATE customer SET name = (SELECT count(account.no) \nFROM account \nWHERE account.cust_id = customer.id) " +
				"WHERE EXISTS (SELECT 1 \nFROM account \nWHERE account.cust_id = customer.id)",
		},
		{
			"DELETE", &stmt.Delete{Change: stmt.Change{Table: customer, Where: nodes(exists(inner)), List: list(scalar(ofCustomer(count(accountNo))))}},
			"DELETE FROM customer WHERE EXISTS (SELECT 1 \nFROM account \nWHERE account.cust_id = customer.id) " +
				"RETURNING (SELECT count(account.no) \nFROM account \nWHERE account.cust_id = customer.id)",
		},
		{
			"INSERT has its table in RETURNING only", &stmt.Insert{
				Table: account, Columns: []*ast.Column{accountNo}, From: &stmt.Select{List: list(accountNo)},
				List: list(scalar(&stmt.Select{List: list(customerName), Where: nodes(eq(customerID, accountCustomer))})),
			},
			"INSERT INTO account (no) SELECT account.no \nFROM account " +
				"RETURNING (SELECT customer.name \nFROM customer \nWHERE customer.id = account.cust_id)",
		},
	})
}

// TestDerived: a table in FROM may be a statement.
func TestDerived(t *testing.T) {
	per := derived("per", &stmt.Derived{Stmt: &stmt.Select{
		List: list(accountCustomer, count(accountNo)), Where: nodes(ast.Compare(">", accountNo, lit(7))), Group: nodes(accountCustomer),
	}}, "cust_id", "n")
	const rows = "(SELECT account.cust_id, count(account.no) \nFROM account \nWHERE account.no > $1 GROUP BY account.cust_id) AS per (cust_id, n)"
	last := derived("last", &stmt.Derived{Stmt: ofCustomer(accountNo), Lateral: true}, "no")
	apart := derived("apart", &stmt.Derived{Stmt: ofCustomer(accountNo)}, "no")
	check(t, []golden{
		{
			"from a column", &stmt.Select{List: list(per.Columns[1]), Where: nodes(eq(per.Columns[1], lit(3)))},
			"SELECT per.n \nFROM " + rows + " \nWHERE per.n = $2",
		},
		{
			"joined", &stmt.Select{List: list(customerName, per.Columns[1]), Joins: []stmt.Join{{Table: per, On: eq(customerID, per.Columns[0])}}},
			"SELECT customer.name, per.n \nFROM customer JOIN " + rows + " ON customer.id = per.cust_id",
		},
		{
			"LATERAL sees what is before it", &stmt.Select{
				List: list(customerName, last.Columns[0]), Joins: []stmt.Join{{Kind: stmt.LeftJoin, Table: last, On: &ast.Bool{Value: true}}},
			},
			"SELECT customer.name, last.no \nFROM customer LEFT OUTER JOIN " +
				"LATERAL (SELECT account.no \nFROM account \nWHERE account.cust_id = customer.id) AS last ON TRUE",
		},
		{
			"another does not", &stmt.Select{List: list(customerName, apart.Columns[0]), Joins: []stmt.Join{{Kind: stmt.CrossJoin, Table: apart}}},
			"SELECT customer.name, apart.no \nFROM customer CROSS JOIN " +
				"(SELECT account.no \nFROM account, customer \nWHERE account.cust_id = customer.id) AS apart",
		},
		{
			"LATERAL does not see what is after it", &stmt.Select{
				List: list(last.Columns[0]), Joins: []stmt.Join{{Kind: stmt.CrossJoin, Table: customer}},
			},
			"SELECT last.no \nFROM LATERAL (SELECT account.no \nFROM account, customer \nWHERE account.cust_id = customer.id) AS last CROSS JOIN customer",
		},
		{
			"it sees the statement around its own", &stmt.Select{List: list(customerName), Where: nodes(exists(&stmt.Select{
				List: list(apart.Columns[0]), More: from(apart),
			}))},
			"SELECT customer.name \nFROM customer \nWHERE EXISTS (SELECT apart.no " +
				"\nFROM (SELECT account.no \nFROM account \nWHERE account.cust_id = customer.id) AS apart)",
		},
		{
			"in an EXISTS, correlated", &stmt.Select{List: list(customerName), Where: nodes(exists(&stmt.Select{
				List: list(per.Columns[1]), Where: nodes(eq(per.Columns[0], customerID)),
			}))},
			"SELECT customer.name \nFROM customer \nWHERE EXISTS (SELECT per.n \nFROM " + rows + " \nWHERE per.cust_id = customer.id)",
		},
		{
			"USING", &stmt.Delete{Change: stmt.Change{Table: customer, Where: nodes(eq(customerID, per.Columns[0]))}},
			"DELETE FROM customer USING " + rows + " WHERE customer.id = per.cust_id",
		},
		{"Count", stmt.Count(ofCustomer(accountNo)), "SELECT count(*) \nFROM (SELECT account.no \nFROM account, customer \nWHERE account.cust_id = customer.id) AS counted"},
		{"Exists", stmt.Exists(&stmt.Select{List: list(accountNo)}), "SELECT EXISTS (SELECT account.no \nFROM account)"},
		{"Count of text", stmt.Count(&stmt.Text{SQL: &ast.Keyword{Text: "TABLE x"}}), "SELECT count(*) \nFROM (TABLE x) AS counted"},
		{
			"a whole row", &stmt.Select{List: list(count(customer)), Where: nodes(eq(customerID, scalar(&stmt.Select{List: list(boss)})))},
			"SELECT count(customer) \nFROM customer \nWHERE customer.id = (SELECT boss \nFROM customer AS boss)",
		},
	})
}

// TestSubqueryConnects: tables that a subquery compares are connected.
func TestSubqueryConnects(t *testing.T) {
	connecting := exists(&stmt.Select{List: list(transferID), Where: nodes(eq(transferSource, accountNo), eq(transferID, customerID))})
	check(t, []golden{{
		"EXISTS", &stmt.Select{List: list(customerID, accountNo), Where: nodes(connecting)},
		"SELECT customer.id, account.no \nFROM customer, account " +
			"\nWHERE EXISTS (SELECT transfer.id \nFROM transfer \nWHERE transfer.source = account.no AND transfer.id = customer.id)",
	}})
	failing(t, "no condition", &stmt.Select{List: list(customerID, accountNo)}, stmt.ErrCartesian)
	failing(t, "one of them", &stmt.Select{List: list(customerID, accountNo), Where: nodes(exists(ofCustomer(accountNo)))}, nil)
	failing(t, "within", &stmt.Select{List: list(customerID), Where: nodes(exists(&stmt.Select{List: list(accountNo, transferID)}))}, stmt.ErrCartesian)
}

// TestReads: the tables of a statement are also those of the statements within it.
func TestReads(t *testing.T) {
	t.Parallel()
	raw := &ast.Raw{Build: func() (string, []any, error) { return "x", nil, nil }}
	per := derived("per", &stmt.Derived{Stmt: &stmt.Select{List: list(accountNo), Joins: []stmt.Join{{Table: transfer}}}}, "no")
	around := derived("around", &stmt.Derived{Stmt: &stmt.Select{List: list(per.Columns[0])}}, "no")
	text := derived("text", &stmt.Derived{Stmt: &stmt.Text{SQL: raw}})
	for _, c := range []struct {
		name string
		st   ast.Statement
		want []*ast.Table
	}{
		{"a column", &stmt.Select{List: list(customerID)}, []*ast.Table{customer}},
		{"named and joined", &stmt.Select{List: list(lit(1)), More: from(customer), Joins: []stmt.Join{{Table: account, Nested: []stmt.Join{{Table: transfer}}}}}, []*ast.Table{customer, account, transfer}},
		{"within a condition", &stmt.Select{List: list(customerID), Where: nodes(exists(&stmt.Select{List: list(accountNo)}))}, []*ast.Table{customer, account}},
		{"within FROM, twice", &stmt.Select{List: list(around.Columns[0], per.Columns[0])}, []*ast.Table{around, per, accountNo.Table, transfer}},
		{"an INSERT of rows", &stmt.Insert{Table: customer, Rows: []ast.Tuple{{Items: nodes(scalar(&stmt.Select{List: list(accountNo)}))}}}, []*ast.Table{customer, account}},
		{"an INSERT of a query", &stmt.Insert{Table: customer, From: &stmt.Select{List: list(accountNo)}}, []*ast.Table{customer, account}},
		{"an UPDATE", &stmt.Update{Change: stmt.Change{Table: customer, Where: nodes(accountNo)}, Set: []ast.Assignment{{Column: customerName, Value: transferID}}}, []*ast.Table{customer, account, transfer}},
		{"a DELETE", &stmt.Delete{Change: stmt.Change{Table: customer, List: list(customerID)}}, []*ast.Table{customer}},
		{"text beside a table", &stmt.Select{List: list(customerID, raw)}, []*ast.Table{customer, nil}},
		{"text alone", &stmt.Select{List: list(raw)}, nil},
		{"text that is a statement", &stmt.Text{SQL: raw}, []*ast.Table{nil}},
		{"text that is a statement within another", &stmt.Select{List: list(lit(1)), More: from(text)}, []*ast.Table{text, nil}},
	} {
		if got := stmt.Reads(c.st); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
