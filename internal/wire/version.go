package wire

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// serves fails where the server is older than a feature. It says its version when the connection is made; what stands between it and
// the program may keep it back, and then the server refuses what it does not know.
func (c *Conn) serves(f sqlw.Feature) error {
	if f.Since == 0 {
		return nil
	}
	version := c.conn.PgConn().ParameterStatus("server_version")
	if have := major(version); have == 0 || have >= f.Since {
		return nil
	}
	return fmt.Errorf("%w: %s needs PostgreSQL %d, the server is %s", fault.ErrServerVersion, f.Name, f.Since, version)
}

// major returns the number that a version begins with: 15 of "15.18 (Debian)".
func major(version string) (n int) {
	for i := range len(version) {
		if version[i] < '0' || version[i] > '9' {
			break
		}
		n = 10*n + int(version[i]-'0')
	}
	return n
}
