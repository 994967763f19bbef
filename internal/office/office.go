// Package office is what people do with the network beside asking it: one function a mutation, and the questions whose
// answers are no statement of ours. Who asks and what they give come in as plain values; rules are those of packages
// registration and placement, and what changes is told to package change. It knows no GraphQL and no HTTP.
package office

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/feed"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
	"github.com/partnergraph/partnergraph/internal/store"
)

// Database is read and written; *store.Store is one.
type Database interface {
	change.Database
	Rows(ctx context.Context, text string, params map[string]any) ([]store.Row, error)
}

// Office answers and does what people ask of it.
type Office struct {
	Writer   *change.Writer
	Database Database
	Feed     *feed.Feed // whose Seal all instances need to have, for cursors to be good for all

	things map[string]thingMutation
	ties   map[string]tieMutation
	does   map[string]mutation
}

// mutation does what a mutation of some name says.
type mutation func(ctx context.Context, name string, input map[string]any) (map[string]any, error)

// New opens an office, which writes by a writer.
func New(w *change.Writer, d Database) *Office {
	o := &Office{Writer: w, Database: d, Feed: feed.New(d, feed.NewSeal(rand.Text())), things: thingMutations(w.Map), ties: tieMutations(w.Map), does: map[string]mutation{}}
	w.Wrote = o.Feed.Wake
	for name := range baseActions {
		o.does[name] = o.changeBase
	}
	for name := range o.things {
		o.does[name] = o.changeThing
	}
	for name := range o.ties {
		o.does[name] = o.changeTie
	}
	for name := range placementActions {
		o.does[name] = o.changePlacement
	}
	o.does["studentEnrol"], o.does["studentUpdate"], o.does["studentErase"] = o.changeStudents, o.changeStudents, o.eraseStudent
	return o
}

// Mutations lists what Change does.
func (o *Office) Mutations() []string { return slices.Sorted(maps.Keys(o.does)) }

// Change does what a mutation says. Its input is plain: texts, int64, float64, truths, lists and maps. A value of the
// answer may be a Later.
func (o *Office) Change(ctx context.Context, mutation string, input map[string]any) (map[string]any, error) {
	do := o.does[mutation]
	if do == nil {
		return nil, fmt.Errorf("nobody does %s", mutation)
	}
	return do(ctx, mutation, input)
}

// Ask answers a root field that is no statement of ours; nil is null.
func (o *Office) Ask(ctx context.Context, root string, args map[string]any) (map[string]any, error) {
	switch root {
	case "registration":
		id, _ := args["practiceBase"].(string)
		return o.registration(ctx, id)
	case "placementStanding":
		id, _ := args["placement"].(string)
		return o.placementStanding(ctx, id)
	case "feedEntries":
		return o.feedEntries(ctx, args)
	case "audit":
		return o.audit(ctx, args)
	}
	return nil, fmt.Errorf("nobody answers %s", root)
}

// Later is a value that is worked out if somebody reads it.
type Later = func(context.Context) (any, error)

// later is an object that is read if somebody asks for it; nil is null.
func later(read func(context.Context) (map[string]any, error)) Later {
	return func(ctx context.Context) (any, error) {
		of, err := read(ctx)
		if of == nil {
			return nil, err
		}
		return of, err
	}
}

// request says who wants a change, for the audit.
func request(ctx context.Context, mutation string, input map[string]any) (change.Request, error) {
	text, err := json.Marshal(input)
	v := access.From(ctx)
	key, _ := input["idempotencyKey"].(string)
	reason, _ := input["reason"].(string)
	return change.Request{Operation: mutation, Key: key, Input: text, Viewer: v, Reason: reason, RecordedBy: recorder(v)}, err
}

// recorder is whom the network names as having recorded a fact: an office, and nobody by name.
func recorder(v access.Viewer) string {
	if len(v.Offices) > 0 {
		return "office of " + strings.Join(v.Offices, ", ")
	}
	return v.Kind()
}

// userErrors are problems as the API tells them.
func userErrors(problems []registration.Problem) []any {
	out := []any{}
	for _, p := range problems {
		out = append(out, userError(p))
	}
	return out
}

func userError(p registration.Problem) map[string]any {
	return map[string]any{"code": string(p.Code), "field": listed(p.Field), "message": p.Message, "messageZh": p.MessageZh}
}

func listed[T any](of []T) []any {
	out := make([]any, len(of))
	for i, v := range of {
		out[i] = v
	}
	return out
}

// nothing is the answer to who asks for what isn't there, or isn't there for them.
func nothing(id string) error {
	return network.Errorf(network.NotFound, "there is nothing with the id %q", id)
}
