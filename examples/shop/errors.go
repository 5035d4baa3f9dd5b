package main

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/cupel-go/cupel/examples/shop/store"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// problem is the JSON of an error.
type problem struct {
	Error   string    `json:"error"`
	Invalid []invalid `json:"invalid,omitempty"`
}

// invalid is an object that may not be stored as it is.
type invalid struct {
	Object string `json:"object"`
	Error  string `json:"error"`
}

// statusOf returns the status and the JSON of an error. What the database says of an error is for the log: only what the shop says itself,
// and names of constraints, are shown.
func statusOf(err error) (int, any) {
	if e, ok := errors.AsType[*session.ValidationError](err); ok {
		p := problem{Error: "not valid"}
		for _, x := range e.Invalid {
			p.Invalid = append(p.Invalid, invalid{Object: x.Name, Error: x.Err.Error()})
		}
		return http.StatusUnprocessableEntity, p
	}
	if e, ok := errors.AsType[*session.UniqueError](err); ok {
		return http.StatusConflict, problem{Error: "exists already: " + e.Constraint}
	}
	if e, ok := errors.AsType[*session.CheckError](err); ok {
		return http.StatusConflict, problem{Error: "not possible: " + e.Constraint}
	}
	if e, ok := errors.AsType[*session.ForeignKeyError](err); ok {
		return http.StatusUnprocessableEntity, problem{Error: "refers to nothing: " + e.Constraint}
	}
	if e, ok := errors.AsType[*session.DatabaseError](err); ok && strings.HasPrefix(e.Code, "22") { // a NUL in a text, a number that is too great
		return http.StatusBadRequest, problem{Error: "a value that cannot be stored or compared"}
	}
	if _, ok := errors.AsType[*session.SerializationError](err); ok { // InTx has tried again, in vain
		return http.StatusServiceUnavailable, problem{Error: "too busy, try again"}
	}
	for _, x := range []struct {
		is     error
		status int
		text   string // "": the error's
	}{
		{query.ErrNoRows, http.StatusNotFound, "not found"},
		{session.ErrStale, http.StatusConflict, "somebody else has changed it: read it again"},
		{store.ErrOutOfStock, http.StatusConflict, ""},
		{store.ErrBadOrder, http.StatusUnprocessableEntity, ""},
		{store.ErrBadTransfer, http.StatusUnprocessableEntity, ""},
		{errRequest, http.StatusBadRequest, ""},
		{query.ErrCursor, http.StatusBadRequest, "after is no cursor of this list"},
		{session.ErrUnknownOutcome, http.StatusInternalServerError, "it may have been done or not: look before you try again"},
		{session.ErrConnection, http.StatusServiceUnavailable, "nothing was done, try again"},
		{context.Canceled, http.StatusRequestTimeout, "the client has gone"},
	} {
		if errors.Is(err, x.is) {
			if x.text == "" {
				x.text = err.Error()
			}
			return x.status, problem{Error: x.text}
		}
	}
	return http.StatusInternalServerError, problem{Error: "internal error"}
}
