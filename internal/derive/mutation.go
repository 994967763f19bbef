package derive

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// unstated are the fields of a thing that nobody states: they are kept by whoever writes it down.
var unstated = []string{"id", "synthetic", "sourceCount", "createdAt", "updatedAt", "version"}

const key = "Makes a repetition harmless: the same key gives the first answer for a day."

// mutations writes how things are made, changed and ended, and the relationships among them: of every type that says who
// writes it, and of every relationship that has a noun.
func (d *deriver) mutations(defs []*ast.Definition) {
	var fields []string
	for _, def := range defs {
		if node := def.Directives.ForName("node"); node != nil && node.Arguments.ForName("written") != nil {
			fields = append(fields, d.thingMutations(def, node.Arguments.ForName("ends") != nil)...)
		}
	}
	for _, v := range d.defs["RelationshipType"].EnumValues {
		rel := v.Directives.ForName("relationship")
		if rel == nil || rel.Arguments.ForName("noun") == nil {
			continue
		}
		var carries []string
		if of := rel.Arguments.ForName("properties"); of != nil {
			for _, c := range of.Value.Children {
				carries = append(carries, c.Value.Raw)
			}
		}
		fields = append(fields, d.tieMutations(rel.Arguments.ForName("noun").Value.Raw, v.Description, carries)...)
	}
	fmt.Fprintf(&d.b, "\nextend type Mutation {\n  %s\n}\n", strings.Join(fields, "\n  "))
}

func (d *deriver) thingMutations(def *ast.Definition, ends bool) []string {
	name, what := def.Name, words(def.Name)
	var stated []string
	for _, f := range def.Fields {
		if text := d.given(f); text != "" {
			stated = append(stated, line(f.Description, "%s: %s", f.Name, text))
		}
	}
	evidence := line("Who says so; what was said before stays when absent.", "evidence: [EvidenceInput!]")
	made := slices.Clone(stated)
	for i, f := range made {
		made[i] = strings.Replace(f, "  name: String", "  name: String!", 1)
	}
	seen := []string{line(key, "idempotencyKey: String"), line("Which one.", "id: ID!"), line("The version of it that you saw.", "version: Int!")}
	d.input(name+"CreateInput", "A new "+what+".", slices.Concat([]string{line(key, "idempotencyKey: String")}, made, []string{evidence})...)
	d.input(name+"UpdateInput", "A change of a "+what+": what is absent stays as it is, null clears it.", slices.Concat(seen, stated, []string{evidence})...)
	d.define("type", name+"Payload", "What came of a change of a "+what+".", " @resolved",
		line("What it is now; null when nothing was done.", "%s: %s", lower(name), name),
		line("What has to be mended; nothing was done if there is any.", "userErrors: [UserError!]!"),
		line("Somebody else was quicker; null otherwise.", "conflict: VersionConflict"),
	)
	out := []string{
		mutation("Writes down a new "+what+".", lower(name)+"Create", name+"CreateInput", name+"Payload"),
		mutation("Changes what is said of a "+what+".", lower(name)+"Update", name+"UpdateInput", name+"Payload"),
	}
	if ends {
		d.input(name+"EndInput", "The end of a "+what+". What was stays on record.", append(seen, line("The first day on which it is no more.", "on: Date!"), evidence)...)
		out = append(out, mutation("Ends a "+what+".", lower(name)+"End", name+"EndInput", name+"Payload"))
	}
	return out
}

// given is the type in which a field is given; "" for what nobody states.
func (d *deriver) given(f *ast.FieldDefinition) string {
	switch {
	case slices.Contains(unstated, f.Name) || f.Directives.ForName("traverse") != nil || f.Directives.ForName("analysis") != nil || f.Directives.ForName("computed") != nil:
		return ""
	case f.Name == "aliases":
		return "[String!]"
	case f.Type.Name() == "Position":
		return "PositionInput"
	case f.Type.Elem != nil && f.Type.Name() == "String":
		return "[String!]"
	}
	if of := d.defs[f.Type.Name()]; f.Type.Elem != nil || of != nil && of.Kind != ast.Enum && of.Kind != ast.Scalar {
		return ""
	}
	return f.Type.Name()
}

func (d *deriver) tieMutations(noun, says string, carries []string) []string {
	name := titled(noun)
	says = strings.TrimSuffix(says, ".")
	var own []string
	for _, c := range carries {
		f := d.defs["Relationship"].Fields.ForName(c)
		own = append(own, line(f.Description, "%s: %s", c, f.Type.Name()))
	}
	evidence := line("Who says so.", "evidence: [EvidenceInput!]")
	d.input(name+"CreateInput", says+": from when on, and who says so.", slices.Concat([]string{
		line(key, "idempotencyKey: String"), line("The id of the one.", "from: ID!"), line("The id of the other.", "to: ID!"),
		line("From when on; since both are there when absent.", "since: PartialDate"), line("Until before when; open when absent.", "until: PartialDate"),
	}, own, []string{evidence})...)
	out := []string{mutation(says+": begins it.", noun+"Create", name+"CreateInput", "RelationshipPayload")}
	if len(own) > 0 {
		d.input(name+"UpdateInput", says+": a change from a day on. What was until then stays on record.", slices.Concat([]string{
			line(key, "idempotencyKey: String"), line("The relationship.", "id: ID!"), line("The first day of the change; today when absent.", "on: Date"),
		}, own, []string{evidence})...)
		out = append(out, mutation(says+": changes it from a day on.", noun+"Update", name+"UpdateInput", "RelationshipPayload"))
	}
	return append(out, mutation(says+": ends it.", noun+"End", "RelationshipEndInput", "RelationshipPayload"))
}

func mutation(description, name, input, payload string) string {
	return line(description, "%s(%q input: %s!): %s @resolved", name, "What to do.", input, payload)
}

// lower begins with a small letter.
func lower(name string) string { return strings.ToLower(name[:1]) + name[1:] }
