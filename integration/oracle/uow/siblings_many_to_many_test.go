package uow_test

var manyToManySiblings = group{
	"many_to_many.remove_and_add_back": same(func(r *run) {
		s := r.student(1)
		c := all(&s.Courses)[0]
		s.Courses.Remove(c)
		s.Courses.Add(c)
		r.commit()
		r.note("n", courseIDs(all(&s.Courses)))
	}).but(keepsValues),

	"many_to_many.remove_from_both": same(func(r *run) {
		s := r.student(1)
		c := all(&s.Courses)[0]
		all(&c.Students)
		s.Courses.Remove(c)
		c.Students.Remove(s)
		r.commit()
		r.note("n", courseIDs(all(&s.Courses)))
		r.note("m", studentIDs(all(&c.Students)))
	}).but(keepsValues),

	"many_to_many.row_gone": same(func(r *run) {
		s := r.student(1)
		c := all(&s.Courses)[0]
		r.otherSQL("delete from enrolment where student_id = 1 and course_id = 1")
		s.Courses.Remove(c)
		r.commitFails()
	}).but(guardsItself),

	"many_to_many.row_there_already": same(func(r *run) {
		s := r.student(2)
		all(&s.Courses)
		r.otherSQL("insert into enrolment values (2, 3)")
		s.Courses.Add(r.course(3))
		r.commitFails()
		r.note("n", courseIDs(all(&s.Courses)))
	}).but(restoresValues),

	"many_to_many.new_course_rolled_back": same(func(r *run) {
		s := r.student(2)
		all(&s.Courses)
		s.Courses.Add(&Course{Title: ptr("New")})
		r.flush()
		r.rollback()
		r.note("n", courseIDs(all(&s.Courses)))
	}).but(restoresValues),

	"many_to_many.move": same(func(r *run) {
		a, b := r.student(1), r.student(2)
		c := all(&a.Courses)[0]
		all(&b.Courses)
		a.Courses.Remove(c)
		b.Courses.Add(c)
		r.commit()
		r.note("students", studentIDs(all(&c.Students)))
	}).but(keepsValues),

	"many_to_many.both_deleted": same(func(r *run) {
		s, c := r.student(1), r.course(1)
		r.mark("delete")
		r.s.Delete(s)
		r.s.Delete(c)
		r.commit()
	}).but(linksByOwner),
}
