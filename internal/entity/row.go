// Package entity is an entity's columns in a row that was read, and memory for the objects that they become. It knows of no
// connection.
package entity

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Place is an entity's place in the rows of a statement.
type Place struct {
	Mapping   *meta.Mapping
	Shape     *decode.Row // how its columns become an object
	meta.Part             // its columns, in this order
}

// Reader returns the object for the row of an entity: a new one, or the one that a session has.
type Reader interface {
	ReadEntity(r Row) (mem.Ptr, error)
}

// Row is the columns of one entity as they came off the wire. It is valid while its execution reads it.
type Row struct {
	Place  *Place
	Values [][]byte
	Arena  *decode.Arena
}

// Mapping returns the entity's mapping.
func (r Row) Mapping() *meta.Mapping { return r.Place.Mapping }

// Shape tells rows apart that are decoded in different ways.
func (r Row) Shape() *decode.Row { return r.Place.Shape }

// Object decodes the row into obj, which is all zero.
func (r Row) Object(obj mem.Ptr) error {
	if i, err := r.Place.Shape.Decode(obj, r.Values, r.Arena); err != nil {
		return r.error(i, err)
	}
	return nil
}

// ObjectAndImage is Object, with the row's image.
func (r Row) ObjectAndImage(obj mem.Ptr) (string, error) {
	image, i, err := r.Place.Shape.DecodeImage(obj, r.Values, r.Arena)
	if err != nil {
		err = r.error(i, err)
	}
	return image, err
}

// Number returns the first column of the key before anything is decoded; false where it is not a plain number.
func (r Row) Number() (int64, bool) {
	at := r.Place.Keys[0]
	return r.Place.Shape.Integer(at, r.Values[at])
}

func (r Row) error(column int, err error) error {
	m := r.Place.Mapping
	return fmt.Errorf("column %s: %w", m.Fields[r.Place.Read[column]].Column, err)
}

// Absent reports whether the entity is not there: an outer join gave NULL for its key.
func (r Row) Absent() bool {
	for _, i := range r.Place.Keys {
		if r.Values[i] == nil {
			return true
		}
	}
	return false
}

// Untracked is a Reader that returns a new object for every row.
type Untracked struct{ slabs Slabs }

// ReadEntity returns a new object.
func (u *Untracked) ReadEntity(r Row) (mem.Ptr, error) {
	m := r.Mapping()
	obj := u.slabs.Object(m)
	if len(m.Relations) > 0 {
		relate.Outside(m, obj, r.Place.Partial)
	}
	err := r.Object(obj)
	if err == nil {
		m.HasRead(obj)
	}
	return obj, err
}
