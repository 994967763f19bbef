package network

import (
	"errors"
	"fmt"
)

// Code tells a client what kind of thing went wrong; it is what `errors[].extensions.code` shows.
type Code string

// The codes, and who can mend what they name.
const (
	BadUserInput    Code = "BAD_USER_INPUT"            // the client: the text says what would be right
	Unauthenticated Code = "UNAUTHENTICATED"           // the client: sign in again
	Forbidden       Code = "FORBIDDEN"                 // the client: somebody with another role may do it
	NotFound        Code = "NOT_FOUND"                 // the client: name something that is there, and that it may see
	Conflict        Code = "CONFLICT"                  // the client: look at what is there now, and decide anew
	CommitUnknown   Code = "COMMIT_UNKNOWN"            // the client: repeat it with the same idempotency key
	CursorExpired   Code = "CURSOR_EXPIRED"            // the client: read what it follows anew, and follow from now on
	TooSlow         Code = "TOO_SLOW"                  // the client: take what it is told quicker, and follow on after its last cursor
	TooComplex      Code = "TOO_COMPLEX"               // the client: ask for less
	UnknownHash     Code = "PERSISTED_QUERY_NOT_FOUND" // the client: send the document
	NotRegistered   Code = "OPERATION_NOT_REGISTERED"  // the client: ask what is registered
	Timeout         Code = "TIMEOUT"                   // the client: ask for less, or again
	Unavailable     Code = "UNAVAILABLE"               // the operator: the database, or the issuer of a token, doesn't answer
	Internal        Code = "INTERNAL"                  // us: the log knows more under the id
)

// Error is an error whose text is meant for the person at the other end. Any other error is an internal one, and its
// text stays in the log.
type Error struct {
	Code    Code
	Message string
	Cause   error // for the log, never shown
}

func (e *Error) Error() string {
	if e.Cause != nil {
		return e.Message + ": " + e.Cause.Error()
	}
	return e.Message
}

func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an Error; a %w in the format becomes its cause.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Cause: errors.Unwrap(err)}
}

// CodeOf is the code of the first Error in the chain of err, Internal if there is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
