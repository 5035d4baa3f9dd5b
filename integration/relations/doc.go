// Package relations tests every kind of relationship on a real PostgreSQL: many-to-many, one-to-one, view-only.
package relations
