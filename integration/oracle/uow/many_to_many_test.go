package uow_test

var manyToManys = group{
	"many_to_many.append_existing": same(func(r *run) {
		s := r.student(2)
		s.Courses.Add(r.course(3))
		r.commit()
	}).but(addDoesNotLoad),

	"many_to_many.append_new": same(func(r *run) {
		s := r.student(2)
		s.Courses.Add(&Course{Title: ptr("X")}, &Course{Title: ptr("Y")})
		r.commit()
	}).but(addDoesNotLoad),

	"many_to_many.remove": same(func(r *run) {
		s := r.student(1)
		s.Courses.Remove(all(&s.Courses)[0])
		r.commit()
	}),

	"many_to_many.replace": same(func(r *run) {
		s := r.student(1)
		r.check(s.Courses.Replace(ctx, all(&s.Courses)[1], r.course(3)))
		r.commit()
	}),

	"many_to_many.new_both": same(func(r *run) {
		s := &Student{Name: ptr("Cy")}
		s.Courses.Add(r.course(1), &Course{Title: ptr("New")})
		r.s.Add(s)
		r.commit()
	}).but(manyRows),

	"many_to_many.delete_with_loaded": same(func(r *run) {
		s := r.student(1)
		all(&s.Courses)
		r.mark("delete")
		r.s.Delete(s)
		r.commit()
	}).but(linksByOwner),
}
