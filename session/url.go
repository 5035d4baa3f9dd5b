package session

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"
)

// MaskPassword returns dsn with its password replaced by "***", for logs. A dsn that cannot be read is replaced whole.
func MaskPassword(dsn string) string {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return "(unreadable dsn)"
	}
	if u, err := url.Parse(dsn); err == nil && strings.HasPrefix(u.Scheme, "postgres") {
		return maskURL(u)
	}
	return describe(config)
}

func maskURL(u *url.URL) string {
	masked := *u
	if _, has := u.User.Password(); has {
		masked.User = url.UserPassword(u.User.Username(), "***")
	}
	q := u.Query()
	for key := range q {
		if k := strings.ToLower(key); strings.Contains(k, "password") {
			q.Set(key, "***")
		}
	}
	if len(q) > 0 {
		masked.RawQuery = q.Encode()
	}
	return strings.ReplaceAll(masked.String(), "%2A%2A%2A", "***")
}

// describe returns the address of a server without its password.
func describe(c *pgx.ConnConfig) string {
	u := url.URL{Scheme: "postgresql", Path: "/" + c.Database}
	if c.User != "" {
		u.User = url.User(c.User)
		if c.Password != "" {
			u.User = url.UserPassword(c.User, "***")
		}
	}
	if strings.HasPrefix(c.Host, "/") {
		u.RawQuery = url.Values{"host": {c.Host}, "port": {fmt.Sprint(c.Port)}}.Encode()
	} else {
		u.Host = fmt.Sprintf("%s:%d", c.Host, c.Port)
	}
	return strings.ReplaceAll(u.String(), "%2A%2A%2A", "***")
}

// hidePassword returns an error about a dsn without the dsn in its text.
func hidePassword(err error, dsn string) error {
	text := err.Error()
	if i := strings.LastIndex(text, "`: "); i >= 0 { // pgx's own masking of the dsn between the quotes lets parts through
		text = text[i+len("`: "):]
	}
	text, _, _ = strings.Cut(text, " (")
	if strings.Contains(text, dsn) {
		text = "it has a form that is not known"
	}
	return errors.New("the connection string cannot be read: " + text)
}
