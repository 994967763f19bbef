package derive

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/access"
)

// pages writes the connection of a type and the edge that ties a thing to where the list was asked.
func (d *deriver) pages(def *ast.Definition) {
	d.define("type", def.Name+"Edge", "One of "+several(def.Name)+", and what ties it to where the field was asked.", " implements Edge",
		line("Its place in the list.", "cursor: String!"),
		line("The thing.", "node: %s!", def.Name),
		line("Since when, if somebody stated it.", "since: PartialDate"),
		line("Until when, if it has an end.", "until: PartialDate"),
		line("Whether the start was stated.", "certainty: Certainty @computed(as: CERTAINTY)"),
		line("The role in it.", "role: Role"),
		line("Who says so; empty when nobody is on record.", "evidence: [Evidence!]!"),
		line("The paths that make it so, shortest first; of a tie by one relationship, that one.",
			`paths("At most so many; from 1 to 50." first: Int = 10): [Path!]! @computed(as: PATHS)`),
	)
	d.connection(def.Name, def.Name)
}

// count writes a number of things. Of some things not everybody may know it.
func (d *deriver) count(of, doc, name string) string {
	if def := d.defs[of]; def != nil && hasTotals(def) {
		return line(doc+"; of those whom you may not see to the nearest 5, and null when these are fewer than 5 and you see none.", "%s: Int", name)
	}
	return line(doc+".", "%s: Int!", name)
}

func hasTotals(def *ast.Definition) bool {
	node := def.Directives.ForName("node")
	return node != nil && access.HasTotals(node.Arguments.ForName("seen").Value.Raw)
}

// connection writes a page of things.
func (d *deriver) connection(name, node string) {
	d.define("type", name+"Connection", "A page of "+several(node)+".", " implements Connection",
		line("The edges of the page.", "edges: [%sEdge!]!", name),
		line("The things of the page, without what ties them.", "nodes: [%s!]!", node),
		line("Where the page stands.", "pageInfo: PageInfo!"),
		d.count(node, "How many there are on all pages, counted when asked", "totalCount"),
		line("What all pages amount to, counted in the database when asked.", "aggregate: %sAggregate!", node),
	)
}
