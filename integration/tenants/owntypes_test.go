package tenants_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// What each tenant has for himself besides tables: an enum and arrays of it, a domain, a sequence; of other kinds in each.
type (
	Job struct {
		ID     int64
		Title  string
		Level  string
		Levels []string
		Grade  string
		Number int64
		NextID *int64
		Next   model.One[Job]
		Steps  model.Many[Step]
		GoneAt *time.Time
	}
	Step struct {
		ID    int64
		JobID int64
		Place int32
		What  string
	}
	jobs struct {
		model.Table[Job]
		ID     expr.Int
		Title  expr.Text
		Level  expr.Text
		Levels expr.TextArray
		Grade  expr.Text
		Number expr.Int
		NextID expr.NullInt
		Next   model.ToOne[Job, Job]
		Steps  model.ToMany[Job, Step]
		GoneAt expr.NullTime
	}
	steps struct {
		model.Table[Step]
		ID, JobID expr.Int
		Place     expr.Int32
		What      expr.Text
	}
)

var (
	Jobs = model.Map("job", func(t *jobs) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("level", t.Level), model.Type("level[]", t.Levels), model.Type("grade", t.Grade),
			model.ForeignKey(t.NextID, t.ID), model.SoftDelete(t.GoneAt), model.ZeroIsUnset(t.Number),
			model.DefaultExpr(t.Number, expr.Raw[expr.Int]("nextval('numbers')")),
		}
	})
	Steps = model.Map("step", func(t *steps) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.JobID, Jobs.ID), model.Position(Jobs.Steps, t.Place),
		}
	})
	jobSchema = model.MustSchema(Jobs, Steps)
)

// TestOwnTypes: types, domains and sequences of one name are each tenant's own, in flushes, reads, soft deletes, ordered lists and retries.
func TestOwnTypes(t *testing.T) {
	t.Parallel()
	eng, err := session.Open(ctx, pgtest.Database(t), jobSchema, session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	levels := [][2]string{{"low", "high"}, {"high", "low"}, {"x", "low"}}
	for i, l := range levels {
		name := fmt.Sprint("t", i)
		ok(t, eng.ExecAll(ctx, []string{"CREATE SCHEMA " + name}))
		ok(t, eng.In(name).ExecAll(ctx, []string{
			fmt.Sprintf("CREATE TYPE level AS ENUM ('%s', '%s')", l[0], l[1]), fmt.Sprintf("CREATE DOMAIN grade AS text CHECK (length(value) = %d)", i+1),
			fmt.Sprintf("CREATE SEQUENCE numbers START %d", 100*i+1),
		}))
		ok(t, jobSchema.CreateAll(ctx, eng.In(name)))
	}
	for round := range 4 {
		for i, l := range levels {
			in := eng.In(fmt.Sprint("t", i))
			tries := 0
			ok(t, in.InTx(ctx, session.TxOptions{Isolation: pgx.RepeatableRead}, func(s *session.Session) error {
				tries++
				var last *Job
				for k := range 3 {
					j := &Job{Title: fmt.Sprint(round, k), Level: l[k%2], Levels: []string{l[1], l[0]}, Grade: "abc"[:i+1]}
					j.Steps.Add(&Step{What: "b"}, &Step{What: "c"})
					if err := j.Steps.Insert(ctx, 0, &Step{What: "a"}); err != nil {
						return err
					}
					j.Next.Set(last)
					s.Add(j)
					last = j
				}
				if err := s.Flush(ctx); err != nil || tries > 1 {
					return err
				}
				return raise(s)
			}))
			equal(t, "tries", tries, 2)
			s := in.Session()
			all, err := query.Select(Jobs).OrderBy(Jobs.Level.Desc(), Jobs.ID).Load(Jobs.Steps, Jobs.Next).All(ctx, s)
			ok(t, err)
			equal(t, "jobs", len(all), 2*round+3) // one is deleted in each round
			equal(t, "the first by the tenant's own order", all[0].Level, l[1])
			for _, j := range all {
				got, _ := j.Steps.Peek()
				var what string
				for _, st := range got {
					what += st.What
				}
				equal(t, "steps", what, "abc")
				equal(t, "levels", fmt.Sprint(j.Levels), fmt.Sprint([]string{l[1], l[0]}))
				if j.Number < int64(100*i+1) || j.Number > int64(100*i+99) {
					t.Errorf("number %d of tenant %d", j.Number, i)
				}
			}
			n, err := query.Select(Jobs).Filter(Jobs.Levels.Contains(l[0])).Count(ctx, s)
			ok(t, err)
			equal(t, "with the level", n, int64(len(all)))
			s.Delete(all[len(all)-1])
			ok(t, s.Commit(ctx))
			s.Add(&Job{Title: "wrong", Level: l[0], Levels: []string{l[0]}, Grade: "too long"})
			var e *session.CheckError
			if err := s.Commit(ctx); !errors.As(err, &e) {
				t.Errorf("the domain of tenant %d: %v", i, err)
			}
			ok(t, s.Close(ctx))
			gone, err := query.Select(Jobs).Unfiltered(Jobs).Filter(Jobs.GoneAt.IsNotNull()).Count(ctx, in)
			ok(t, err)
			equal(t, "gone", gone, int64(round+1))
		}
	}
}

// raise fails a transaction as another one that came in between does.
func raise(s *session.Session) error {
	_, err := query.ExecRaw(ctx, s, "DO $$ BEGIN RAISE EXCEPTION 'in between' USING ERRCODE = '40001'; END $$")
	return err
}
