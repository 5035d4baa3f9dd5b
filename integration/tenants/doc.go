// Package tenants tests engines and sessions with a schema of their own, a tenant's. It has no code of its own.
package tenants
