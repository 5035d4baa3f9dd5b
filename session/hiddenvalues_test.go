package session_test

import (
	"strings"
	"testing"

	"github.com/cupel-go/cupel/query"
)

// TestUnreadableValuesStayHidden: the error of a value that a Go type cannot have does not show it.
func TestUnreadableValuesStayHidden(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	check := func(sql string, err error) {
		t.Helper()
		switch {
		case err == nil:
			t.Errorf("%s: no error", sql)
		case strings.Contains(err.Error(), "424242"):
			t.Errorf("%s: the value shows in %q", sql, err)
		}
	}
	for _, sql := range []string{
		"SELECT 4242424242424242", "SELECT 424242.5::numeric", "SELECT 'x424242'::text", "SELECT ARRAY[4242424242424242]", "SELECT '424242 days 1 mon'::interval",
		"SELECT 424242e300::float8", "SELECT '2424-02-04 424242 BC'::text", "SELECT int4range(42424, 424242)", "SELECT '{\"a\": 424242}'::jsonb",
	} {
		sql = strings.Replace(sql, "SELECT ", "SELECT (SELECT v FROM (VALUES (1)) AS x(i), (SELECT ", 1) + " AS v) AS y)"
		// The text of the statement has the value here, so only what comes before it counts.
		cut := func(err error) error {
			if err == nil {
				return nil
			}
			before, _, _ := strings.Cut(err.Error(), ": SELECT ")
			return textError(before)
		}
		_, err := query.Raw[int16](sql).One(ctx, eng)
		check("int16 of "+sql, cut(err))
		_, err = query.Raw[[]int16](sql).One(ctx, eng)
		check("[]int16 of "+sql, cut(err))
		_, err = query.Raw[[4]byte](sql).One(ctx, eng)
		check("bytes of "+sql, cut(err))
	}
}

type textError string

func (e textError) Error() string { return string(e) }
