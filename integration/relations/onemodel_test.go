package relations_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// The mapping of the tests of one-to-one relationships.
type (
	// User has at most one profile, which goes with it, and one desk, which stays.
	User struct {
		ID      int64
		Name    string
		Profile model.One[Profile]
		Desk    model.One[Desk]
	}
	Profile struct {
		ID     int64
		Bio    string
		UserID int64
		User   model.One[User]
	}
	Desk struct {
		ID     int64
		Room   string
		UserID *int64
		User   model.One[User]
	}
	users struct {
		model.Table[User]
		ID      expr.Int
		Name    expr.Text
		Profile model.ToOne[User, Profile]
		Desk    model.ToOne[User, Desk]
	}
	profiles struct {
		model.Table[Profile]
		ID     expr.Int
		Bio    expr.Text
		UserID expr.Int
		User   model.ToOne[Profile, User]
	}
	desks struct {
		model.Table[Desk]
		ID     expr.Int
		Room   expr.Text
		UserID expr.NullInt
		User   model.ToOne[Desk, User]
	}
)

var (
	Users = model.Map("users", func(t *users) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.DeleteOrphans(t.Profile)}
	})
	Profiles = model.Map("profile", func(t *profiles) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.UserID, Users.ID), model.Unique(t.UserID)}
	})
	Desks = model.Map("desk", func(t *desks) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.UserID, Users.ID), model.Unique(t.UserID)}
	})
	office = model.MustSchema(Users, Profiles, Desks)
)
