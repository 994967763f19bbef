package graph

import (
	"sync"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/compile"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// cachedStatements is how many plans are kept with their statements, those used last.
const cachedStatements = 500

// statement is a plan and the text that it compiles to. It holds for all values of its inputs.
type statement struct {
	plan   *plan.Plan
	text   string
	inputs map[string]any // values of parameters, of which those that are plan.Bound are read at each request
}

func compiled(p *plan.Plan) *statement {
	s := compile.Statement(p)
	return &statement{plan: p, text: s.Text, inputs: s.Params}
}

// params reads the parameters of one request.
func (s *statement) params(v *plan.Values) (map[string]any, error) {
	if err := s.plan.Check(v); err != nil {
		return nil, err
	}
	return plan.Bind(s.inputs, v)
}

// statements keeps what was planned. The zero value is ready for use.
type statements struct {
	once   sync.Once
	shapes *lru.Cache[shapeKey, *shape]
}

func (s *statements) kept() *lru.Cache[shapeKey, *shape] {
	s.once.Do(func() { s.shapes, _ = lru.New[shapeKey, *shape](cachedStatements) }) // fails for a size of 0 only
	return s.shapes
}

// Cached is how many shapes of root fields have their plans kept.
func (r *Reads) Cached() int { return r.cache.kept().Len() }

// shapeKey is a field of a document by its place, the shape of its variables and the roles of who asks. The document is the one
// that gqlgen keeps for its text; holding on to it here makes sure that no other takes its place.
type shapeKey struct {
	op    *ast.OperationDefinition
	place string
	shape string
	roles access.Roles
}

// shape is what was planned for one shape of variables: nearly always one statement, more only where numbers shape the
// plan as well.
type shape struct {
	mu   sync.RWMutex
	made []*pinned
}

type pinned struct {
	pins string
	*statement
}

// find gives the statement that holds for the values.
func (s *shape) find(v *plan.Values) (*statement, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, m := range s.made {
		pins, err := m.plan.Pinned(v)
		if err != nil {
			return nil, err
		}
		if pins == m.pins {
			return m.statement, nil
		}
	}
	return nil, nil
}

// statement gives the statement of a field, and whether it was planned before.
func (r *Reads) statement(op *graphql.OperationContext, field graphql.CollectedField, place string, v *plan.Values, planned planning) (_ *statement, known bool, _ error) {
	shapes := r.cache.kept()
	key := shapeKey{op.Operation, place, plan.Shape(r.Planner.Map.Schema, op.Operation, op.Variables), v.Viewer.Roles}
	of, _ := shapes.Get(key)
	if of != nil {
		if s, err := of.find(v); s != nil || err != nil {
			return s, true, err
		}
	}
	p, err := planned(op, v.Viewer, field)
	if err != nil {
		return nil, false, err
	}
	pins, err := p.Pinned(v)
	if err != nil {
		return nil, false, err
	}
	made := &pinned{pins, compiled(p)}
	if of == nil {
		of = &shape{}
		shapes.Add(key, of)
	}
	of.mu.Lock()
	defer of.mu.Unlock()
	of.made = append(of.made, made)
	return made.statement, false, nil
}
