package query

import "github.com/cupel-go/cupel/internal/run"

// Sync says how the objects of a session follow an Update or Delete of many rows.
type Sync = run.Sync

// The ways to keep a session in step. An engine has no objects, so there they are all the same. With the first two, lists that an Update may have
// changed (it sets a column of their foreign key, or they are view-only) are loaded again when they are asked for; so they are after an Insert, a
// Merge and session's functions for many rows. What SQL text changes is not seen: [session.Session.ExpireAll] is for that.
const (
	// SyncFetch has the statement return the keys of the rows that it touched (RETURNING): deleted objects leave the
	// session, updated ones take the new values. It is the default.
	SyncFetch = run.SyncFetch
	// SyncEvaluate evaluates the condition, and what an Update sets, in memory, on the objects that the session has:
	// comparisons, logic, arithmetic of integers and of floating-point numbers, and ||. What cannot be evaluated exactly
	// as the server does, such as LIKE or a numeric, is an error before anything is sent.
	SyncEvaluate = run.SyncEvaluate
	// SyncNone leaves the session's objects as they are until they are read again.
	SyncNone = run.SyncNone
)
