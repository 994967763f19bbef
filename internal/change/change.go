// Package change changes the network. A change is one transaction: the things and ties that it is about, the entry of
// who changed what, the entries that followers of the network are told by, and the answer that the same key is given
// again. Either all of it is stored or nothing. It knows things, ties and transactions, and no use case.
package change

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
)

// kept is how long an answer is given again for its key.
const kept = 24 * time.Hour

// patience is how long a change may take when its context doesn't say.
const patience = 30 * time.Second

// longestKey is how many characters a client's key may have.
const longestKey = 200

// Database runs transactions; *store.Store is one.
type Database interface {
	Transact(ctx context.Context, work func(context.Context, *store.Tx) error) error
}

// Writer changes a network.
type Writer struct {
	Map      *graphmap.Map
	Database Database
	Now      func() time.Time // time.Now if absent

	// Wrote, if given, hears when a change was stored.
	Wrote func()

	completer *ingest.Completer
	hears     string // the statement that asks whom things concern
	writes    string // the statement that writes, and asks it then
}

// NewWriter makes a writer.
func NewWriter(m *graphmap.Map, d Database) *Writer {
	return &Writer{Map: m, Database: d, Now: time.Now, completer: ingest.NewCompleter(m), hears: withKeys(m, hearText), writes: withKeys(m, writeText)}
}

// Unfit says why a value can't be a property of a thing or tie of a kind: what would be right; "" if it can.
func (w *Writer) Unfit(kind, property string, v any) string {
	return w.completer.Unfit(kind, property, v)
}

// Request is who wants which change.
type Request struct {
	Operation  string // what is done, by the name of its mutation
	Key        string // of the client's, by which it may repeat the request; "" if it gave none
	Input      []byte // what is asked, in a form that is the same for the same
	Viewer     access.Viewer
	Reason     string // why, if somebody said so
	RecordedBy string // whom the network names as having recorded the facts; an office rather than a person
}

// Answer is what a change answers.
type Answer struct {
	Values     map[string]any // in JSON's types: the ids of what was made or changed
	UserErrors []UserError    // if there are any, nothing is written
	Repeated   bool           // it was given for this key before
}

// UserError is what whoever asked can mend.
type UserError struct {
	Code      string
	Field     []string // the way to it within the input
	Message   string
	MessageZh string
}

// Work says what a change is about. It may be done several times, each time with another Tx, so it leaves nothing
// behind but by its Tx.
type Work func(context.Context, *Tx) (Answer, error)

// Do makes a change, or answers what was answered when it was made. An error of code COMMIT_UNKNOWN means that it may
// have been made; any other means that it wasn't.
func (w *Writer) Do(ctx context.Context, r Request, work Work) (Answer, error) {
	if r.Viewer.Subject == "" {
		return Answer{}, network.Errorf(network.Unauthenticated, "nobody is signed in: only who is can change the network")
	}
	if n := utf8.RuneCountInString(r.Key); n > longestKey {
		return Answer{}, network.Errorf(network.BadUserInput, "the idempotencyKey has %d characters: at most %d are taken", n, longestKey)
	}
	if r.Key == "" {
		r.Key = newID()
	}
	if _, bounded := ctx.Deadline(); !bounded {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	c := claim{
		key:    sum(r.Viewer.Subject, r.Key),
		digest: sum(r.Operation, string(r.Input)),
	}
	var doubt error // of an earlier try, which may have been committed
	for {
		answer, err := w.once(ctx, &r, &c, work)
		if err == nil && w.Wrote != nil && len(answer.UserErrors) == 0 {
			w.Wrote()
		}
		switch {
		case errors.Is(err, store.ErrInDoubt):
			doubt = err
		case err == nil || doubt == nil || c.granted:
			return answer, err
		}
		if !pause(ctx) {
			return Answer{}, &network.Error{Code: network.CommitUnknown, Cause: doubt, Message: fmt.Sprintf(
				"the connection to the database was lost, so it is not known whether this was done: repeat it with the idempotencyKey %q, which does it once and no more", r.Key)}
		}
	}
}

// errUserErrors keeps a transaction from being committed.
var errUserErrors = errors.New("the answer has user errors")

// once tries a change in one transaction.
func (w *Writer) once(ctx context.Context, r *Request, c *claim, work Work) (answer Answer, err error) {
	c.granted = false
	err = w.Database.Transact(ctx, func(ctx context.Context, tx *store.Tx) error {
		now := w.Now().UTC()
		known, err := c.take(ctx, tx, now)
		if err != nil || !c.granted {
			answer = Answer{Values: known, Repeated: true}
			return err
		}
		t := w.begin(tx, r, now)
		if answer, err = work(ctx, t); err != nil {
			return err
		}
		if len(answer.UserErrors) > 0 {
			return errUserErrors
		}
		text, err := json.Marshal(answer.Values)
		if err != nil {
			return err
		}
		if err := t.write(ctx, c, string(text)); err != nil {
			return err
		}
		answer.Values = nil // numbers and the like become what a repetition gives
		return json.Unmarshal(text, &answer.Values)
	})
	if errors.Is(err, errUserErrors) {
		return answer, nil
	}
	if err != nil {
		return Answer{}, err
	}
	return answer, nil
}

// errWarmed ends a transaction that was there to be planned.
var errWarmed = errors.New("planned")

// Warm has the database plan what changes run, those of records of some kinds too, and changes nothing.
func (w *Writer) Warm(ctx context.Context, kinds ...Kind) error {
	err := w.Database.Transact(ctx, func(ctx context.Context, tx *store.Tx) error {
		now, c := w.Now().UTC(), claim{key: newID()}
		if _, err := c.take(ctx, tx, now); err != nil {
			return err
		}
		t := w.begin(tx, &Request{}, now)
		if err := t.load(ctx, []string{"nothing"}, nil); err != nil {
			return err
		}
		for _, text := range []string{tieText, tiesText, tiesOfAllText, countedText, usedText} {
			if _, err := tx.Run(ctx, text, map[string]any{"p": map[string]any{}}); err != nil {
				return err
			}
		}
		for _, kind := range kinds {
			if _, err := t.Record(ctx, kind, ""); err != nil {
				return err
			}
		}
		for _, text := range []string{w.hears, w.writes} {
			if _, err := t.hear(ctx, text, nil, nil); err != nil {
				return err
			}
		}
		if err := t.write(ctx, &c, "{}"); err != nil {
			return err
		}
		return errWarmed
	})
	if errors.Is(err, errWarmed) {
		return nil
	}
	return err
}

// claim is the right to answer a key.
type claim struct {
	key     string // of the client and whoever it is
	digest  string // of what is asked
	granted bool   // nobody has answered the key, and nobody else can before this try ends
}

// take claims the key. It waits for an earlier transaction with it that has not ended yet, and gives what that answered.
func (c *claim) take(ctx context.Context, tx *store.Tx, now time.Time) (map[string]any, error) {
	rows, err := tx.Run(ctx, claimText, map[string]any{"p": map[string]any{"key": c.key, "now": now, "since": now.Add(-kept)}})
	if err != nil {
		return nil, err
	}
	c.granted = rows[0]["answer"] == nil
	if c.granted {
		return nil, nil
	}
	if rows[0]["digest"] != c.digest {
		return nil, network.Errorf(network.Conflict, "the idempotencyKey was used for something else within the last day: give each request a key of its own")
	}
	known := map[string]any{}
	return known, json.Unmarshal([]byte(rows[0]["answer"].(string)), &known)
}

// pause waits a moment; false when ctx ends first.
func pause(ctx context.Context) bool {
	timer := time.NewTimer(50*time.Millisecond + rand.N(50*time.Millisecond))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// sum is a short text for several.
func sum(parts ...string) string {
	out := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(out[:])
}
