package feed

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Seal writes and reads cursors. Entries are numbered without gaps, so that their numbers would tell of those that somebody
// doesn't see; a cursor is encrypted, by a secret that all instances have.
type Seal struct {
	aead  cipher.AEAD
	nonce [sha256.Size]byte
}

// NewSeal makes the seal of a secret.
func NewSeal(secret string) Seal {
	key := sha256.Sum256([]byte("feed " + secret))
	block, _ := aes.NewCipher(key[:]) // fails for keys of other lengths only
	aead, _ := cipher.NewGCM(block)
	return Seal{aead, sha256.Sum256([]byte("feed nonce " + secret))}
}

// Text writes a cursor of a list, for the same place always the same.
func (s Seal) Text(list string, place []byte) string {
	mac := hmac.New(sha256.New, s.nonce[:])
	mac.Write([]byte(list + "\x00"))
	mac.Write(place)
	return s.write(mac.Sum(nil)[:s.aead.NonceSize()], list, place)
}

// Open reads a cursor of a list; false if it is none.
func (s Seal) Open(list, text string) ([]byte, bool) {
	data, err := base64.RawURLEncoding.Strict().DecodeString(text)
	size := s.aead.NonceSize()
	if err != nil || len(data) < size {
		return nil, false
	}
	place, err := s.aead.Open(nil, data[:size], data[size:], []byte(list))
	return place, err == nil
}

func (s Seal) write(nonce []byte, list string, place []byte) string {
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, place, []byte(list)))
}

const entries = "feed" // the list that the feed is

// entry is the cursor of an entry.
func (s Seal) entry(seq int64) string {
	return s.Text(entries, binary.BigEndian.AppendUint64(nil, uint64(seq)))
}

// place is a cursor of where the feed is read to, whatever was told: each time another text, so that it doesn't tell
// whether the feed went on.
func (s Seal) place(seq int64) string {
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return s.write(nonce, entries, binary.BigEndian.AppendUint64(nil, uint64(seq)))
}

// parse reads what entry or place wrote.
func (s Seal) parse(text string) (int64, error) {
	if place, ok := s.Open(entries, text); ok && len(place) == 8 {
		return int64(binary.BigEndian.Uint64(place)), nil
	}
	return 0, network.Errorf(network.BadUserInput, "after: this is no cursor of this feed: give back the one of the last entry that you took, as it came, or none to begin now")
}
