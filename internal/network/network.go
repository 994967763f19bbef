// Package network holds what the whole product agrees on: days, partial dates, ids and errors. It imports the
// standard library only, so that every rule can stand on it.
package network
