// Package bookmark carries what a client has written through the instances it asks: a read that is given the bookmark
// of a write sees what was written, whichever member of the database answers it.
package bookmark

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Bookmark is a state of the database; the zero value is any state. Clients see it as text that means nothing to them.
type Bookmark struct {
	marks []string // the driver's, in whose form the database gave them
}

// Bounds of what a client may hand in.
const (
	longest = 2 << 10
	most    = 16
)

// version is the first byte of a bookmark's text before it is encoded.
const version = 1

// between stands between the marks of a text; no mark has it.
const between = "\n"

// Of makes a bookmark of the driver's.
func Of(marks []string) Bookmark { return Bookmark{slices.Clone(marks)} }

// Marks gives the driver's own.
func (b Bookmark) Marks() []string { return slices.Clone(b.marks) }

// None tells whether the bookmark asks for no state in particular.
func (b Bookmark) None() bool { return len(b.marks) == 0 }

// String is the text that a client gets; "" for none.
func (b Bookmark) String() string {
	if b.None() {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(append([]byte{version}, strings.Join(b.marks, between)...))
}

// Parse reads what String wrote.
func Parse(text string) (Bookmark, error) {
	if text == "" {
		return Bookmark{}, nil
	}
	if len(text) > longest {
		return Bookmark{}, network.Errorf(network.BadUserInput, "the bookmark has more than %d characters: give back the one of your last write as it came", longest)
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(data) == 0 || data[0] != version || strings.ContainsAny(text, "\r\n") { // line ends are no matter to the decoder
		return Bookmark{}, garbled()
	}
	marks := strings.Split(string(data[1:]), between)
	if len(marks) > most || slices.ContainsFunc(marks, unprintable) {
		return Bookmark{}, garbled()
	}
	return Bookmark{marks}, nil
}

// unprintable tells a mark that no database gives.
func unprintable(mark string) bool {
	return mark == "" || strings.ContainsFunc(mark, func(r rune) bool { return r <= ' ' || r > '~' })
}

func garbled() error {
	return network.Errorf(network.BadUserInput, "the bookmark is none of this service: give back the one of your last write as it came, or none")
}
