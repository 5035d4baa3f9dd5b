package relationships_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// begin mapping

type Person struct {
	ID    int64
	Name  string
	Tasks model.Many[Task]
	Open  model.Many[Task]
}

type Task struct {
	ID       int64
	Text     string
	Done     bool
	PersonID int64
}

type persons struct {
	model.Table[Person]
	ID    expr.Int
	Name  expr.Text
	Tasks model.ToMany[Person, Task]
	Open  model.ToMany[Person, Task]
}

type tasks struct {
	model.Table[Task]
	ID       expr.Int
	Text     expr.Text
	Done     expr.Bool
	PersonID expr.Int
}

var Persons = model.Map("person", func(t *persons) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID)}
})

var Tasks = model.Map("task", func(t *tasks) model.Spec {
	return model.Spec{
		model.PrimaryKey(t.ID), model.ForeignKey(t.PersonID, Persons.ID), model.ViewOnly(Persons.Open, t.Done.Not()),
	}
})

// end mapping

var desk = model.MustSchema(Persons, Tasks)

// View-only relationships.
//
// A ToMany, or a one-to-one, that shows some of the rows: loading, joins and conditions honour its conditions. It is never written; to
// change it is model.ErrViewOnly at the next flush. After a flush of a table that it reads it is loaded again.
func (Kinds) ViewOnly(ctx context.Context, s *session.Session) error {
	p := &Person{Name: "Ann"}
	p.Tasks.Add(&Task{Text: "wash"}, &Task{Text: "iron", Done: true})
	s.Add(p)
	if err := s.Flush(ctx); err != nil {
		return err
	}
	if _, err := p.Open.All(ctx); err != nil {
		return err
	}
	_, err := query.Select2(Persons.Name, Persons.Open.Count()).All(ctx, s)
	return err
}
