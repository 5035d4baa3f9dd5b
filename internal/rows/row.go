package rows

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// Row is the columns of one entity as they came off the wire. It is valid while its execution reads it.
type Row struct {
	place  *Place
	values [][]byte
	arena  *decode.Arena
}

// Mapping returns the entity's mapping.
func (r Row) Mapping() *meta.Mapping { return r.place.Mapping }

// Shape tells rows apart that are decoded in different ways.
func (r Row) Shape() *decode.Row { return r.place.row }

// Object decodes the row into obj, which is all zero.
func (r Row) Object(obj mem.Ptr) error {
	if i, err := r.place.row.Decode(obj, r.values, r.arena); err != nil {
		return r.error(i, err)
	}
	return nil
}

// ObjectAndImage is Object, with the row's image.
func (r Row) ObjectAndImage(obj mem.Ptr) (string, error) {
	image, i, err := r.place.row.DecodeImage(obj, r.values, r.arena)
	if err != nil {
		err = r.error(i, err)
	}
	return image, err
}

// Number returns the first column of the key before anything is decoded; false where it is not a plain number.
func (r Row) Number() (int64, bool) {
	at := r.place.Mapping.ReadKey[0]
	return r.place.row.Integer(at, r.values[at])
}

func (r Row) error(column int, err error) error {
	m := r.place.Mapping
	return fmt.Errorf("column %s: %w", m.Fields[m.Read[column]].Column, err)
}

// absent reports whether the entity is not there: an outer join gave NULL for its key.
func (r Row) absent() bool {
	for _, i := range r.place.keys {
		if r.values[i] == nil {
			return true
		}
	}
	return false
}
