package uow_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// Student and Course are of the set m2m: a many-to-many over enrolment.
type (
	Student struct {
		ID      int64
		Name    *string
		Courses model.Many[Course]
	}
	Course struct {
		ID       int64
		Title    *string
		Students model.Many[Student]
	}
	students struct {
		model.Table[Student]
		ID      expr.Int
		Name    expr.NullText
		Courses model.ToMany[Student, Course]
	}
	courses struct {
		model.Table[Course]
		ID       expr.Int
		Title    expr.NullText
		Students model.ToMany[Course, Student]
	}
)

type school struct {
	Students *students
	Courses  *courses
}

func newSchool() *school {
	s := &school{}
	s.Students = model.Map("student", func(t *students) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("integer", t.ID)}
	})
	s.Courses = model.Map("course", func(t *courses) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("integer", t.ID), model.ManyToMany(s.Students.Courses, "enrolment"),
			model.OrderBy(s.Students.Courses, t.ID), model.OrderBy(t.Students, s.Students.ID),
		}
	})
	return s
}

// student and course return the objects with a key, as session.get does.
func (r *run) student(id int64) *Student { return val(session.Get(ctx, r.s, r.Students, id)) }
func (r *run) course(id int64) *Course   { return val(session.Get(ctx, r.s, r.Courses, id)) }

// Owner and Profile are of the set one_to_one.
type (
	Owner struct {
		ID      int64
		Name    *string
		Profile model.One[Profile]
	}
	Profile struct {
		ID     int64
		Bio    *string
		UserID *int64
		User   model.One[Owner]
	}
	owners struct {
		model.Table[Owner]
		ID      expr.Int
		Name    expr.NullText
		Profile model.ToOne[Owner, Profile]
	}
	profiles struct {
		model.Table[Profile]
		ID     expr.Int
		Bio    expr.NullText
		UserID expr.NullInt
		User   model.ToOne[Profile, Owner]
	}
)

type pair struct {
	Owners   *owners
	Profiles *profiles
}

func newPair() *pair {
	p := &pair{}
	p.Owners = model.Map("users", func(t *owners) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("integer", t.ID), model.DeleteOrphans(t.Profile)}
	})
	p.Profiles = model.Map("profile", func(t *profiles) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("integer", t.ID, t.UserID), model.ForeignKey(t.UserID, p.Owners.ID)}
	})
	return p
}

// owner returns the user with a key, as session.get does.
func (r *run) owner(id int64) *Owner { return val(session.Get(ctx, r.s, r.Owners, id)) }

// order returns the order with a key, as session.get does.
func (r *run) order(id int64) *Order { return val(session.Get(ctx, r.s, r.Orders, id)) }
