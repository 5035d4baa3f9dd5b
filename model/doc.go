// Package model maps plain structs to tables.
//
// A mapping is code that the compiler checks: a table struct beside the domain struct, whose columns are values of the
// kinds of package expr, and a Spec that says what a Go type cannot (keys, sizes, foreign keys, defaults). There are no
// struct tags, no strings that name columns, no generated files.
//
//	type Customer struct {
//		ID        int64
//		FirstName string
//		Email     *string // nil is NULL
//		Accounts  model.Many[Account]
//	}
//
//	type customers struct {
//		model.Table[Customer]
//		ID        expr.Int
//		FirstName expr.Text
//		Email     expr.NullText
//		Accounts  model.ToMany[Customer, Account]
//	}
//
//	var Customers = model.Map("customer", func(t *customers) model.Spec {
//		return model.Spec{model.PrimaryKey(t.ID), model.Size(25, t.FirstName), model.Unique(t.Email)}
//	})
//
//	var Schema = model.MustSchema(Customers, Accounts)
//
// A column belongs to the struct's field of the same Go name; its name in the database is that name in snake_case
// (FirstName is first_name, CustID is cust_id) unless Name says otherwise. Every exported field has a column or a
// relationship, or is named by Ignore. Mistakes do not stop the program where they are made: NewSchema and MustSchema
// report all of them together, each with table and column.
//
// Mappings and schemas do not change once they are made and may be used by any number of goroutines.
package model
