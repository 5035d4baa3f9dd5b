package housetest_test

// compileCases are the mistakes that the compiler finds for the users of Cupel, and their corrections. c and o are the
// table structs of testdata/shop.go, cust and ord objects.
var compileCases = []compileCase{
	// Operands have the column's Go type.
	{"a text for an integer", "c.ID.Eq(@)", `"x"`, "1", `"x" (untyped string constant) as int64`},
	{"a number for a text", "c.Name.Eq(@)", "1", `"x"`, "1 (untyped int constant) as string"},
	{"a text for a time", "o.PlacedAt.Lt(@)", `"2020-01-01"`, "time.Now()", "as time.Time value"},
	{
		"a pointer for a nullable column", "c.Email.Eq(@)",
		"cust.Email", "*cust.Email", "(variable of type *string) as string",
	},
	{"mixed types in a list", "c.ID.In(1, @, 3)", `"2"`, "2", `"2" (untyped string constant) as int64`},
	{"mixed types in a range", "c.ID.Between(1, @)", `"2"`, "2", `"2" (untyped string constant) as int64`},
	{"another enum", "var x @; c.Status.Eq(x)", "color", "status", "x (variable of string type color) as status"},
	{
		"a plain string for an enum", "var x @; c.Status.Eq(x)",
		"string", "status", "x (variable of type string) as status",
	},
	{"an enum for a text", "var x @; c.Name.Eq(x)", "color", "string", "x (variable of string type color) as string"},

	// A kind has only its own operators.
	{"LIKE on a number", `c.@.Like("pl%")`, "ID", "Name", "c.ID.Like undefined"},
	{"a prefix of a time", `o.@.HasPrefix("x")`, "PlacedAt", "Title", "o.PlacedAt.HasPrefix undefined"},
	{"arithmetic on text", "c.@.Plus(1)", "Name", "ID", "c.Name.Plus undefined"},
	{"arithmetic on a boolean", "c.@.Neg()", "Active", "ID", "c.Active.Neg undefined"},
	{"AND on a number", "c.ID@.And(c.ID.Lt(9))", "", ".Gt(3)", "c.ID.And undefined"},

	// What functions, aggregates, casts, CASE, labels and constants return has the operators of its kind, and no others.
	{"arithmetic on the greatest text", "expr.Max(c.@).Plus(1)", "Name", "ID", "Plus undefined"},
	{"LIKE of a least number", `expr.Min(c.@).Like("x")`, "ID", "Name", "Like undefined"},
	{"the greatest truth value", "expr.Max(c.@)", "Active", "Name", "does not match expr.Ordered"},
	{"arithmetic on whether all are true", "expr.BoolAnd(c.Active).@(true)", "Times", "Eq", "Times undefined"},
	{"the sum of texts", "expr.Sum(c.@)", "Name", "ID", "does not match expr.Summed"},
	{"the average of a time", "expr.Avg(o.@)", "PlacedAt", "Price", "does not match expr.Averaged"},
	{"LIKE of a count", "expr.CountAll().@", `Like("x")`, "Gt(1)", "Like undefined"},
	{"LIKE of a function's number", `expr.Func[expr.@]("f", c.ID).Like("x")`, "Int", "Text", "Like undefined"},
	{"arithmetic on a cast to text", `expr.Cast[expr.@](c.ID, "x").Plus(1)`, "Text", "Int", "Plus undefined"},
	{"LIKE of a label", `c.@.As("x").Like("y")`, "ID", "Name", "Like undefined"},
	{"arithmetic on a text without NULL", `expr.Coalesce(c.Email, "x").@`, "Plus(1)", `Like("y")`, "Plus undefined"},
	{"a text for the constant of an integer", "c.ID.Const(@)", `"x"`, "1", `"x" (untyped string constant) as int64`},
	{"a decimal's average as a float", "avg, _ := query.Select(expr.Avg(o.Tax)).One(ctx, r); var n *@ = avg; _ = n", "float64", "string", "avg (variable of type *string) as *float64"},
	{"the average of a product of decimals", `avg, _ := query.Select(expr.Avg(o.Tax.Times("2"))).One(ctx, r); var n *@ = avg; _ = n`, "float64", "string", "avg (variable of type *string) as *float64"},
	{"an int for an int32", "n := 1; o.Units.@(n)", "Eq", "EqInt", "n (variable of type int) as int32"},
	{"a list of int for int32", "ns := []int{1}; o.Units.@(ns...)", "In", "InInts", "ns (variable of type []int) as []int32"},
	{"a number for a decimal", "o.Tax.Gt(@)", "1.5", `"1.5"`, "1.5 (untyped float constant) as string"},

	// Arrays and documents.
	{"a number among texts", "o.Labels.Contains(@)", "1", `"x"`, "1 (untyped int constant) as string"},
	{"an array of numbers in one of texts", "o.Labels.ContainsExpr(o.@)", "Marks", "Labels", "does not implement expr.ArrayExpr[string]"},
	{"arithmetic on a text's element", "o.@.At(1).Plus(1)", "Labels", "Marks", "Plus undefined"},
	{"an element of a text", "o.@.At(1)", "Title", "Labels", "o.Title.At undefined"},
	{"unnest of a text", "expr.Unnest(@)", "o.Title", "o.Labels", "does not match expr.ArrayOf"},
	{"an element set to a number", "query.Update(o).Set(o.Labels.At(1).To(@))", "1", `"x"`, "1 (untyped int constant) as string"},
	{"a key of a text", `@.Get("a")`, "o.Title", "o.Attrs", "o.Title.Get undefined"},
	{"arithmetic on a document's part", `expr.JSONAs[expr.@](o.Attrs, "a").Plus(1)`, "NullJSON", "NullInt", "Plus undefined"},
	{"a document's part of a text", `expr.JSONTypeOf(o.@)`, "Title", "Attrs", "does not implement expr.JSONExpr"},

	{"a text in a range of numbers", "o.Span.Has(@)", `"x"`, "1", `"x" (untyped string constant) as int64`},
	{"a range of times in one of numbers", "o.Span.OverlapsExpr(o.@)", "Open", "Span", "does not implement expr.RangeExpr[int64]"},
	{"a range of numbers with times for ends", "expr.NewRange[expr.@](o.PlacedAt, o.PlacedAt)", "IntRange", "TimeRange", "IntRange"},
	{"a range's end of another kind", "expr.RangeLower(o.@).Plus(1)", "Title", "Span", "does not match expr.RangeOf"},

	// Times and their differences.
	{"a day less a point in time", "o.Due.SinceExpr(o.@)", "PlacedAt", "Due", "does not implement expr.Day"},
	{"the days between days as an interval", "d, _ := query.Select(o.Due.SinceExpr(o.Due)).One(ctx, r); var n *@ = d; _ = n", "time.Duration", "int64", "d (variable of type *int64) as *time.Duration"},
	{"months for a length without months", "o.PlacedAt.@(expr.Months(1))", "Plus", "PlusPeriod", "pgtype.Interval"},
	{"a number added to a point in time", "o.PlacedAt.Plus(@)", `"1 day"`, "24 * time.Hour", `"1 day" (untyped string constant) as time.Duration`},
	{"a text as what is looked for", "expr.ToTSVector(\"english\", o.Title).Matches(@)", `"cats"`, `expr.WebSearch("english", "cats")`, "does not implement expr.SearchExpr"},
	{"full-text search of a text", `@.Matches(expr.WebSearch("", "cats"))`, "o.Title", `expr.ToTSVector("", o.Title)`, "o.Title.Matches undefined"},

	// Two expressions have the same Go type.
	{"an integer and a text", "c.ID.EqExpr(c.@)", "Name", "ID", "does not implement expr.Of[int64]"},
	{"an integer and a nullable text", "o.CustID.EqExpr(c.@)", "Email", "ID", "does not implement expr.Of[int64]"},
	{"an enum and a text", "c.Status.EqExpr(c.@)", "Name", "Status", "does not implement expr.Of["},
	{"a sum of integer and float", "c.ID.PlusExpr(o.@)", "Price", "CustID", "does not implement expr.Of[int64]"},
	{"a value for an expression", "c.ID.EqExpr(@)", "1", "o.CustID", "int does not implement expr.Of[int64]"},
	{"an expression for a value", "c.ID.Eq(@)", "o.CustID", "1", "o.CustID (variable of struct type"},

	// WHERE, HAVING and ON take conditions.
	{"an integer as a condition", "query.Select(c).Filter(c.@)", "ID", "Active", "does not implement expr.Of[bool]"},
	{"a text as a condition", "query.Select(c).Filter(c.@)", "Email", "Vetted", "does not implement expr.Of[bool]"},
	{
		"a Go boolean as a condition", "query.Select(c).Filter(@)",
		"c.ID == o.ID", "c.ID.EqExpr(o.ID)", "does not implement",
	},
	{"an integer in AND", "expr.And(c.Active, c.@)", "ID", "Vetted", "does not implement expr.Of[bool]"},
	{"an integer in NOT", "expr.Not(c.@)", "ID", "Active", "does not implement expr.Of[bool]"},
	{
		"an aggregate as HAVING", "query.Select(c.Name).Having(expr.CountAll()@)",
		"", ".Gt(1)", "does not implement expr.Of[bool]",
	},
	{"an integer as ON", "query.Select(c).Join(o, o.CustID@)", "", ".EqExpr(c.ID)", "does not implement expr.Of[bool]"},
	{
		"an assignment as a condition", "query.Select(c).Filter(c.ID.@(1))",
		"To", "Eq", "does not implement expr.Of[bool]",
	},

	// Rows have the Go types of what is selected.
	{
		"a nullable column's value", "email, _ := query.Select(c.Email).First(ctx, r); var s @ = email; _ = s",
		"string", "*string", "email (variable of type *string) as string",
	},
	{
		"a nullable column in place of another", "row, _ := query.Select(c.@).First(ctx, r); var s string = row; _ = s",
		"Email", "Name", "row (variable of type *string) as string",
	},
	{
		"a value for a pointer", "name, _ := query.Select(c.Name).First(ctx, r); var s @ = name; _ = s",
		"*string", "string", "name (variable of type string) as *string",
	},
	{
		"a sum, which may be NULL", "sum, _ := query.Select(expr.Sum(o.ID)).One(ctx, r); var n @ = sum; _ = n",
		"int64", "*int64", "sum (variable of type *int64) as int64",
	},
	{
		"a count, which is never NULL",
		"count, _ := query.Select(expr.Count(o.CustID)).One(ctx, r); var n @ = count; _ = n",
		"*int64", "int64", "count (variable of type int64) as *int64",
	},
	{
		"an average, which is a float", "avg, _ := query.Select(expr.Avg(o.ID)).One(ctx, r); var n @ = avg; _ = n",
		"*int64", "*float64", "avg (variable of type *float64) as *int64",
	},
	{
		"arithmetic that may be NULL",
		"sum, _ := query.Select(c.ID.PlusExpr(o.CustID)).One(ctx, r); var n @ = sum; _ = n",
		"int64", "*int64", "sum (variable of type *int64) as int64",
	},
	{
		"a row's second value", "rows, _ := query.Select2(c.Name, c.Email).All(ctx, r); var s @ = rows[0].V2; _ = s",
		"string", "*string", "rows[0].V2 (variable of type *string) as string",
	},
	{
		"a row's first value", "rows, _ := query.Select2(c, c.ID).All(ctx, r); var x *@ = rows[0].V1; _ = x",
		"order", "customer", "rows[0].V1 (variable of type *customer) as *order",
	},
	{
		"a third value of two", "rows, _ := query.Select2(c.Name, c.Email).All(ctx, r); _ = rows[0].@",
		"V3", "V2", "rows[0].V3 undefined",
	},
	{
		"an object of another table", "obj, _ := query.Select(@).First(ctx, r); var x *customer = obj; _ = x",
		"o", "c", "obj (variable of type *order) as *customer",
	},

	// Statements take tables where tables belong, and assignments where these do.
	{"a join with a column", "query.Select(c).Join(@)", "o.CustID", "o", "does not implement expr.Entity"},
	{"a join with an object", "query.Select(c).Join(@)", "ord", "o", "does not implement expr.Entity"},
	{"selecting an object", "query.Select(@)", "cust", "c", "*customer"},
	{"sorting by a table", "query.Select(c).OrderBy(c@)", "", ".ID", "does not implement expr.Sortable"},
	{"sorting by a name", "query.Select(c).OrderBy(@)", `"id"`, "c.ID.Desc()", "does not implement expr.Sortable"},
	{
		"grouping by a direction", "query.Select(c.ID).GroupBy(c.ID@)",
		".Desc()", "", "does not implement expr.Expression",
	},
	{"updating a column", "query.Update(@)", "c.ID", "c", "does not implement expr.Entity"},
	{"a condition in SET", `query.Update(c).Set(c.Name.@("x"))`, "Eq", "To", "as expr.Assignment value"},
	{"a number set for a text", "query.Update(c).Set(c.Name.To(@))", "1", `"x"`, "1 (untyped int constant) as string"},
	{"the excluded value of another kind", "query.Insert(c).OnConflict(c.ID).DoUpdate(c.Name.ToExpr(expr.Excluded(c.@)))", "ID", "Name", "does not implement expr.Of[string]"},
	{"arithmetic on an excluded text", "expr.Excluded(c.@).Plus(1)", "Name", "ID", "Plus undefined"},
	{"a text inserted for each integer", "query.Insert(o).FromRows(query.Select(c), o.Title.ToExpr(c.@))", "ID", "Name", "does not implement expr.Of[string]"},
	{"structs of another table", "query.InsertObjects(c, @)", "ord", "cust", "does not match"},
	{"a conflict without an end", "query.Insert(c).OnConflict(c.ID)@.Exec(ctx, r)", "", ".DoNothing()", "Exec undefined"},
	{"a new row updated", "query.Merge(c).Using(o, o.CustID.EqExpr(c.ID)).When@().Insert()", "Matched", "NotMatched", "Insert undefined"},
	{"nil set for a nullable text", "query.Update(c).Set(c.Email.@)", "To(nil)", "ToNull()", "nil as string"},
	{
		"an integer column set for a text", "query.Update(c).Set(c.Name.ToExpr(c.@))",
		"ID", "Email", "does not implement expr.Of[string]",
	},

	// Mappings fit their columns.
	{"a foreign key to another type", "model.ForeignKey(o.CustID, c.@)", "Name", "ID", "expr.Of[int64]"},
	{"a foreign key of another type", "model.ForeignKey(o.@, c.ID)", "Title", "CustID", "expr.Of[string]"},
	{"a pair of another type", "model.ForeignKeys(model.Refer(o.CustID, c.@))", "Email", "ID", "expr.Of[int64]"},
	{
		"a default of another type", "model.Default(o.PlacedAt, @)",
		`func() string { return "now" }`, "time.Now", "func() string",
	},
	{
		"a default that is no function", "model.Default(o.PlacedAt, time.Now@)",
		"()", "", "type time.Time of time.Now() does not match",
	},
	{
		"an update's value of another type", "model.OnUpdate(o.PlacedAt, @)",
		`func() int64 { return 0 }`, "time.Now", "func() int64",
	},
	{
		"a check that is no condition", `model.Check("positive", o.Price@)`,
		"", ".Gt(0)", "does not implement expr.Of[bool]",
	},
	{
		"a column as a relationship", "model.Via(o.@, o.CustID)",
		"CustID", "Customer", "does not implement model.Relationship",
	},
	{
		"a table struct without Table",
		"type pets struct { @; ID expr.Int }; model.Map(`pet`, func(*pets) model.Spec { return nil })",
		"customer", "model.Table[customer]", "does not satisfy",
	},

	// Relationships give objects of their type.
	{
		"an object's owner", "owner, _ := ord.Customer.Get(ctx); var x *@ = owner; _ = x",
		"order", "customer", "owner (variable of type *customer) as *order",
	},
	{
		"an object's list", "list, _ := cust.Orders.All(ctx); var xs []*@ = list; _ = xs",
		"customer", "order", "list (variable of type []*order) as []*customer",
	},
	{"another owner", "ord.Customer.Set(@)", "ord", "cust", "ord (variable of type *order) as *customer"},
	{"another member", "cust.Orders.Add(@)", "cust", "ord", "cust (variable of type *customer) as *order"},
	{
		"the field of another type", "var f @ = cust.Orders; _ = &f",
		"model.Many[customer]", "model.Many[order]", "as model.Many[customer] value",
	},

	// What reads several things has their number in its name.
	{"two things in Select", "query.@(c.ID, c.Name)", "Select", "Select2", "too many arguments in call to query.Select"},
}
