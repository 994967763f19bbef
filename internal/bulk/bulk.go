// Package bulk writes networks into files that Neo4j's bulk importer reads, which takes in a network at less cost than
// statements do. What it stores is what internal/store's Load does. It knows the importer's files and no running database.
package bulk

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// ahead is how many parts may wait to be written.
const ahead = 1

// Write writes a network part by part into files in a folder, each part while the next is made, and gives the words that
// the importer is to be called with in that folder. The network must be whole: a tie to a thing that isn't in it, or a
// thing that is there twice, makes the importer fail.
func Write(ctx context.Context, dir string, parts iter.Seq[*network.Network]) (words []string, err error) {
	now := time.Now()
	things := &tables{dir: dir, name: "things", first: []string{"createdAt:datetime", "updatedAt:datetime", "version:long"}, id: "id:ID", open: map[string]*table{}}
	ties := &tables{dir: dir, name: "ties", first: []string{":START_ID", ":END_ID"}, id: "id:string", open: map[string]*table{}}
	made, enough := make(chan *network.Network, ahead), make(chan struct{})
	go func() {
		defer close(made)
		for part := range parts {
			select {
			case made <- part:
			case <-enough:
				return
			}
		}
	}()
	for part := range made {
		var nodes, edges []row
		for _, t := range part.Things {
			nodes = append(nodes, row{strings.Join(t.Labels, ":"), t.ID, []any{now, now, int64(1)}, t.Properties})
		}
		for _, t := range part.Ties {
			edges = append(edges, row{t.Type, t.ID, []any{t.From, t.To}, t.Properties})
		}
		if err = ctx.Err(); err == nil {
			err = things.write(nodes)
		}
		if err == nil {
			err = ties.write(edges)
		}
		if err != nil {
			break
		}
	}
	close(enough)
	for range made { // until nothing is being made
	}
	if ended := things.end(); err == nil {
		err = ended
	}
	if ended := ties.end(); err == nil {
		err = ended
	}
	if err != nil {
		return nil, fmt.Errorf("writing the network into %s: %w", dir, err)
	}
	words = []string{"--delimiter=TAB", fmt.Sprintf("--array-delimiter=U+%04X", listSign)}
	for _, of := range things.files {
		words = append(words, "--nodes="+of)
	}
	for _, of := range ties.files {
		words = append(words, "--relationships="+of)
	}
	return words, nil
}
