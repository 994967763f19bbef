package limits

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Document is a document within its limits that is right by the schema.
type Document struct {
	*ast.QueryDocument
	Hash  string           // of its text
	costs map[string]*Cost // by operation

	inputs map[string]bool // variables that give inputs of changes, in every operation that has them
}

// Cost is what an operation of the document costs; nil for one that it doesn't hold.
func (d *Document) Cost(op *ast.OperationDefinition) *Cost { return d.costs[op.Name] }

// HashOf is what a document is known by, to clients as well: the SHA-256 of its text, in hexadecimal.
func HashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Read parses a document, holds it against the limits, and only then validates it.
func (l Limits) Read(schema *ast.Schema, text string) (*Document, gqlerror.List) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, l.Tokens)
	if err != nil {
		if strings.Contains(err.Error(), "exceeded token limit") {
			return nil, gqlerror.List{tooMuch(nil, "the document has more than %d words and signs: ask in several requests", l.Tokens)}
		}
		return nil, shown(err)
	}
	if len(doc.Operations) == 0 {
		return nil, gqlerror.List{refusal(network.BadUserInput, nil, "the document holds no operation: write one, such as { stats { nodes { count } } }")}
	}
	if err := l.check(doc); err != nil {
		return nil, gqlerror.List{err}
	}
	if errs := validate(schema, doc); errs != nil {
		return nil, errs
	}
	out := &Document{doc, HashOf(text), map[string]*Cost{}, inputsOf(schema, doc)}
	for _, op := range doc.Operations {
		out.costs[op.Name] = l.costOf(schema, op)
	}
	return out, nil
}

// inputsOf finds the variables that give what changes take, and nothing else takes.
func inputsOf(schema *ast.Schema, doc *ast.QueryDocument) map[string]bool {
	if !slices.ContainsFunc(doc.Operations, func(op *ast.OperationDefinition) bool { return op.Operation == ast.Mutation }) {
		return nil
	}
	taken, other := map[string]bool{}, map[string]bool{}
	for _, op := range doc.Operations {
		for _, v := range op.VariableDefinitions {
			if op.Operation == ast.Mutation && isTaken(schema, v.Type.Name()) {
				taken[v.Variable] = true
			} else {
				other[v.Variable] = true
			}
		}
	}
	maps.DeleteFunc(taken, func(name string, _ bool) bool { return other[name] })
	return taken
}

// isTaken tells whether a type is the input of a change.
func isTaken(schema *ast.Schema, name string) bool {
	return schema.Mutation != nil && slices.ContainsFunc(schema.Mutation.Fields, func(f *ast.FieldDefinition) bool {
		return slices.ContainsFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.Name() == name })
	})
}

// checks are the rules of validation, in the order of their names.
var checks = func() (out []core.Rule) {
	for name, check := range rules.NewDefaultRules().GetInner() {
		out = append(out, core.Rule{Name: name, RuleFunc: check})
	}
	sort.Sort(core.NameSorter(out))
	return out
}()

// enough ends a validation.
type enough struct{}

// validate stops at a number of errors, for each may be compared with all names of the schema, and nobody reads them all.
func validate(schema *ast.Schema, doc *ast.QueryDocument) (errs gqlerror.List) {
	events := &core.Events{}
	for _, c := range checks {
		c.RuleFunc(events, func(options ...core.ErrorOption) {
			err := &gqlerror.Error{Rule: c.Name}
			for _, o := range options {
				o(err)
			}
			if errs = append(errs, short(err)); len(errs) == maxErrors {
				panic(enough{})
			}
		})
	}
	defer func() {
		if p := recover(); p != nil && p != (enough{}) {
			panic(p)
		}
	}()
	validator.Walk(schema, doc, events)
	return errs
}

func shown(err error) gqlerror.List {
	if err, ok := err.(*gqlerror.Error); ok { //nolint:errorlint // the parser returns nothing else
		return gqlerror.List{short(err)}
	}
	return gqlerror.List{gqlerror.Wrap(err)}
}

// short cuts a message that repeats much of what was sent, and the places that it names.
func short(err *gqlerror.Error) *gqlerror.Error {
	if len(err.Message) > maxMessage {
		cut := maxMessage
		for cut > 0 && !utf8.RuneStart(err.Message[cut]) {
			cut--
		}
		err.Message = fmt.Sprintf("%s … (%d more)", err.Message[:cut], len(err.Message)-cut)
	}
	if len(err.Locations) > maxErrors {
		err.Locations = err.Locations[:maxErrors]
	}
	return err
}
