package bank

import "context"

// seed is part 1 of the tutorial: the table that was there before, made by hand, and its first customers.
var seed = []string{
	`CREATE TABLE IF NOT EXISTS customer (
	id serial PRIMARY KEY,
	first_name varchar(25) NOT NULL,
	last_name varchar(25) NOT NULL,
	email varchar(50),
	mobile varchar(10)
)`,
	`INSERT INTO customer (first_name, last_name, email, mobile)
SELECT * FROM (VALUES
	('Alice', 'Doctor', 'alice.d@timbuk2.do', '1112223333'),
	('Bob', 'Builder', 'bbuilder@nomansland.bu', NULL),
	('Charlie', 'Driver', 'charlie.driver@vehicles.ve', '2223334444')
) AS first WHERE NOT EXISTS (SELECT 1 FROM customer)`,
}

// Seed makes the table of part 1 of the tutorial, and its three customers, unless it has some.
func (p *Program) Seed(ctx context.Context) error { return p.Engine.ExecAll(ctx, seed) }
