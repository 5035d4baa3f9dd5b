package relationships_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// begin mapping

type User struct {
	ID      int64
	Name    string
	Profile model.One[Profile]
}

type Profile struct {
	ID     int64
	Bio    string
	UserID int64
	User   model.One[User]
}

type users struct {
	model.Table[User]
	ID      expr.Int
	Name    expr.Text
	Profile model.ToOne[User, Profile]
}

type profiles struct {
	model.Table[Profile]
	ID     expr.Int
	Bio    expr.Text
	UserID expr.Int
	User   model.ToOne[Profile, User]
}

var Users = model.Map("users", func(t *users) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID), model.DeleteOrphans(t.Profile)}
})

var Profiles = model.Map("profile", func(t *profiles) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.UserID, Users.ID), model.Unique(t.UserID)}
})

// end mapping

var team = model.MustSchema(Users, Profiles)

// One-to-one.
//
// The foreign key is of one of the two; that it leads from Profile to User makes User.Profile a one-to-one. Set replaces: what was there
// loses its foreign key, or is deleted with DeleteOrphans, before the new one gets it; where it is not loaded the flush finds it out. Unique
// keeps a second row out; without it two rows are model.ErrSeveral, which names them.
func (Kinds) OneToOne(ctx context.Context, s *session.Session) error {
	u := &User{Name: "Ann"}
	u.Profile.Set(&Profile{Bio: "old"})
	s.Add(u)
	if err := s.Commit(ctx); err != nil {
		return err
	}
	u.Profile.Set(&Profile{Bio: "new"})
	if err := s.Commit(ctx); err != nil {
		return err
	}
	_, err := query.Select(Users).Filter(Users.Profile.Has(Profiles.Bio.Eq("new"))).Load(Users.Profile).All(ctx, s)
	return err
}
