// Package workload says what the bench asks: each operation as the product takes it, as the peer takes it where it can
// say it, and the values that its requests take.
package workload

import (
	"context"
	"embed"
	"io/fs"
	"math/rand/v2"
	"strings"
)

//go:embed queries peer
var files embed.FS

// Operation is one question.
type Operation struct {
	Name  string
	About string // in a line, for the table
	Query string
	Peer  string // "" where the peer can't say it
	pool  func(*source, *rand.Rand) (Variables, error)
}

// Variables are the values of one request. An operation ignores those that it doesn't take.
type Variables map[string]string

// poolSize is how many requests of an operation differ.
const poolSize = 300

// seed makes every run ask the same.
const seed = 20261121

// Reader runs a statement and gives the one value of its one record.
type Reader interface {
	Read(ctx context.Context, text string, params map[string]any) (any, error)
}

// Pool draws the values of an operation's requests from what the network holds.
func (o *Operation) Pool(ctx context.Context, network Reader) ([]Variables, error) {
	var mix uint64
	for _, b := range []byte(o.Name) {
		mix = mix*31 + uint64(b)
	}
	r := rand.New(rand.NewPCG(seed, mix))
	s := &source{ctx: ctx, network: network, lists: map[string][]any{}}
	out := make([]Variables, 0, poolSize)
	for range poolSize {
		v, err := o.pool(s, r)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// All lists the operations.
func All() ([]*Operation, error) {
	var out []*Operation
	for _, d := range draws {
		query, err := files.ReadFile("queries/" + d.name + ".graphql")
		if err != nil {
			return nil, err
		}
		about, text, _ := strings.Cut(string(query), "\n")
		op := &Operation{Name: d.name, About: strings.Trim(about, "# ."), Query: text, pool: d.draw}
		if peer, err := fs.ReadFile(files, "peer/"+d.name+".graphql"); err == nil {
			op.Peer = string(peer)
		}
		out = append(out, op)
	}
	return out, nil
}
