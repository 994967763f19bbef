package bookmark

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Seal writes and reads the text of bookmarks. The database works while it waits for a state that it hasn't reached, so
// that nobody may make up a bookmark of one it never will: the text is sealed, by a secret that all instances have.
type Seal struct{ key [sha256.Size]byte }

// NewSeal makes the seal of a secret.
func NewSeal(secret string) Seal { return Seal{sha256.Sum256([]byte("bookmark " + secret))} }

// version is the first byte of a bookmark's text before it is encoded; the seal follows, and then the marks.
const (
	version  = 1
	sealSize = 16
)

// between stands between the marks of a text; no mark has it.
const between = "\n"

func (s Seal) of(marks []byte) []byte {
	mac := hmac.New(sha256.New, s.key[:])
	mac.Write(marks)
	return mac.Sum(nil)[:sealSize]
}

// Text is what a client gets; "" for none.
func (s Seal) Text(b Bookmark) string {
	if b.None() {
		return ""
	}
	marks := []byte(strings.Join(b.marks, between))
	return base64.RawURLEncoding.EncodeToString(slices.Concat([]byte{version}, s.of(marks), marks))
}

// Parse reads what Text wrote.
func (s Seal) Parse(text string) (Bookmark, error) {
	if text == "" {
		return Bookmark{}, nil
	}
	if len(text) > longest {
		return Bookmark{}, network.Errorf(network.BadUserInput, "the bookmark has more than %d characters: give back the one of your last write as it came", longest)
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(data) <= 1+sealSize || data[0] != version || strings.ContainsAny(text, "\r\n") { // line ends are no matter to the decoder
		return Bookmark{}, garbled()
	}
	seal, joined := data[1:1+sealSize], data[1+sealSize:]
	marks := strings.Split(string(joined), between)
	if !hmac.Equal(seal, s.of(joined)) || len(marks) > most || slices.ContainsFunc(marks, unprintable) {
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
