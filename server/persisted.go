package server

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/partnergraph/partnergraph/internal/limits"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Operations are documents by the id that a client names them by. Where a server has some, it serves no others.
type Operations map[string]string

// names are those of the operations in the documents.
func (o Operations) names() (out []string) {
	for _, text := range o {
		doc, err := parser.ParseQuery(&ast.Source{Input: text})
		if err != nil {
			continue // nobody can ask it
		}
		for _, op := range doc.Operations {
			out = append(out, op.Name)
		}
	}
	return out
}

// persisted finds the document of a request that names it by its hash: one that a client has sent before, as Apollo's
// protocol of automatic persisted queries says, or one of a list.
type persisted struct {
	listed Operations
	sent   *lru.Cache[string, string]
}

func newPersisted(listed Operations) *persisted {
	sent, _ := lru.New[string, string](cachedDocuments) // fails for a size of 0 only
	return &persisted{listed, sent}
}

// find gives the document that is asked, and the hash under which it is to be kept if it is right; "" for none.
func (p *persisted) find(params *graphql.RawParams) (text, keep string, _ *network.Error) {
	hash, err := hashOf(params.Extensions)
	switch {
	case err != nil:
		return "", "", err
	case p.listed != nil:
		text, err = p.fromList(params.Query, hash)
		return text, "", err
	case hash == "":
		return params.Query, "", nil
	case params.Query == "":
		text, known := p.sent.Get(hash)
		if !known { // clients know this very text, and send the document
			return "", "", network.Errorf(network.UnknownHash, "PersistedQueryNotFound")
		}
		return text, "", nil
	case hash != limits.HashOf(params.Query):
		return "", "", network.Errorf(network.BadUserInput, "extensions.persistedQuery.sha256Hash: is not the SHA-256 of the query, in hexadecimal")
	}
	return params.Query, hash, nil
}

func (p *persisted) fromList(query, id string) (string, *network.Error) {
	if id == "" || query != "" { // what is sent counts, whatever it is called
		id = limits.HashOf(query)
	}
	text, listed := p.listed[id]
	switch {
	case listed:
		return text, nil
	case query == "":
		return "", network.Errorf(network.UnknownHash, "no operation is registered under %.80q", id)
	}
	return "", network.Errorf(network.NotRegistered, "this server answers registered operations only: register this one, or send another as it was registered")
}

// add keeps a document that was found to be right.
func (p *persisted) add(hash, text string) {
	if hash != "" && len(text) <= cachedText {
		p.sent.Add(hash, text)
	}
}

// hashOf reads the hash that a request names its document by; "" when it names none.
func hashOf(extensions map[string]any) (string, *network.Error) {
	named, given := extensions["persistedQuery"]
	if !given {
		return "", nil
	}
	of, _ := named.(map[string]any)
	hash, _ := of["sha256Hash"].(string)
	if hash == "" || fmt.Sprint(of["version"]) != "1" {
		return "", network.Errorf(network.BadUserInput, `extensions.persistedQuery: give {"version": 1, "sha256Hash": "…"}`)
	}
	return strings.ToLower(hash), nil
}

// manifest is Apollo's file of persisted queries.
type manifest struct {
	Format     string
	Version    int
	Operations []struct{ ID, Name, Body string }
}

// ReadOperations reads the operations of a manifest of Apollo's, of a .graphql file, or of all such files in a folder. One
// that is wrong by the schema, or past the limits, is an error: nobody could ask it.
func ReadOperations(path string, schema *ast.Schema, l limits.Limits) (Operations, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	files := []string{path}
	if info.IsDir() {
		files = nil
		for _, pattern := range []string{"*.graphql", "*.json"} {
			found, err := filepath.Glob(filepath.Join(path, pattern))
			if err != nil {
				return nil, err
			}
			files = append(files, found...)
		}
	}
	out := Operations{}
	add := func(file, id, text string) error {
		if _, errs := l.Read(schema, text); errs != nil {
			return fmt.Errorf("%s: %s: %w", file, id, errs)
		}
		out[strings.ToLower(id)], out[limits.HashOf(text)] = text, text
		return nil
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if filepath.Ext(file) != ".json" {
			whole := string(text)
			if err := add(file, limits.HashOf(whole), whole); err != nil {
				return nil, err
			}
			// Editors end a file with a line break that clients don't send.
			out[limits.HashOf(strings.TrimSpace(whole))] = whole
			continue
		}
		var m manifest
		if err := json.Unmarshal(text, &m); err != nil || m.Format != "apollo-persisted-query-manifest" || m.Version != 1 {
			return nil, fmt.Errorf("%s: is no apollo-persisted-query-manifest of version 1", file)
		}
		for _, o := range m.Operations {
			if err := add(file, o.ID, o.Body); err != nil {
				return nil, err
			}
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: holds no operation: put .graphql files there, or a manifest", path)
	}
	return out, nil
}
