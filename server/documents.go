package server

import (
	"context"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partnergraph/partnergraph/internal/limits"
)

// How many documents are kept, those used last, and how long a text may be to be kept: 8 MiB in all.
const (
	cachedDocuments = 500
	cachedText      = 16 << 10
)

// documents reads documents, and keeps them. It is gqlgen's cache as well, so that gqlgen never validates a document that
// was not held against the limits.
type documents struct {
	schema *ast.Schema
	limits limits.Limits
	kept   *lru.Cache[string, *limits.Document]
}

func newDocuments(schema *ast.Schema, l limits.Limits) *documents {
	kept, _ := lru.New[string, *limits.Document](cachedDocuments) // fails for a size of 0 only
	return &documents{schema, l, kept}
}

func (d *documents) read(text string) (*limits.Document, gqlerror.List) {
	if doc, known := d.kept.Get(text); known {
		return doc, nil
	}
	doc, errs := d.limits.Read(d.schema, text)
	if errs == nil && len(text) <= cachedText {
		d.kept.Add(text, doc)
	}
	return doc, errs
}

// Get is for gqlgen.
func (d *documents) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	doc, known := d.kept.Get(text)
	if !known {
		return nil, false
	}
	return doc.QueryDocument, true
}

// Add is for gqlgen; what is to be kept is kept already.
func (d *documents) Add(context.Context, string, *ast.QueryDocument) {}
