package registration

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Named is what the network knows of a thing that a content names by its id.
type Named struct {
	Country string   // ISO 3166-1 alpha-2 of the country where it is; "" where nobody knows
	Kinds   []string // of what is served: the kinds of the universities behind it, of the enum UniversityKind
}

// Around is what the network knows of the things that a content names (Content.Mentions), by id; what isn't in it
// isn't there. A nil one knows nothing of anything: then ids are taken as they are.
type Around map[string]Named

// CheckDraft says what is wrong with what a draft holds. It may lack anything.
func CheckDraft(c Content, around Around) []Problem {
	var r reading
	clean := r.value(Fields, c.tree(), nil)
	if len(r.problems) > 0 {
		return r.problems
	}
	problems := forms(Fields, clean, nil)
	for _, rule := range across {
		problems = append(problems, rule(c)...)
	}
	if around == nil {
		return problems
	}
	return append(problems, slices.DeleteFunc(strangers(c, around), func(p Problem) bool {
		return slices.ContainsFunc(problems, func(q Problem) bool { return slices.Equal(p.Field, q.Field) })
	})...)
}

// CheckSubmit says what a content lacks to be handed in on a day, and what is wrong with it.
func CheckSubmit(c Content, around Around, day network.Day) []Problem {
	problems := CheckDraft(c, around)
	problems = append(problems, lacks(Fields, c.tree(), nil)...)
	for _, rule := range toSubmit {
		problems = append(problems, rule(c, around, day)...)
	}
	return problems
}

// lacks names each field that is needed and absent. Groups count as there even when nothing in them is.
func lacks(f Field, v any, path []string) []Problem {
	if f.List > 0 {
		elements, _ := v.([]any)
		if len(elements) == 0 && f.Required {
			return []Problem{missing(f, path)}
		}
		var out []Problem
		for i, e := range elements {
			out = append(out, lacks(f.element(), e, at(path, i))...)
		}
		return out
	}
	if f.Kind != Object {
		if v == nil && f.Required {
			return []Problem{missing(f, path)}
		}
		return nil
	}
	if v == nil && !f.Required {
		return nil
	}
	object, _ := v.(map[string]any)
	var out []Problem
	for _, g := range f.Fields {
		out = append(out, lacks(g, object[g.Name], at(path, g.Name))...)
	}
	return out
}

func missing(f Field, path []string) Problem {
	return problem(Required, path, say("%s is missing: give %s", "缺少%s：请填写%s", f.label(), f.wants()))
}

// strangers names what the network doesn't have.
func strangers(c Content, around Around) []Problem {
	var out []Problem
	ask := func(id string, path ...string) {
		if _, known := around[id]; id != "" && !known {
			out = append(out, problem(NotFound, path, say("there is nothing with the id %s: choose what is there, or register it first", "没有编号为 %s 的对象：请选择已有对象，或先登记", shown(id))))
		}
	}
	ask(c.Identity.Place, "identity", "place")
	ask(c.Host.Organization, "host", "organization")
	for i, id := range c.Serves.Organizations {
		ask(id, at([]string{"serves", "organizations"}, i)...)
	}
	for i, o := range c.Serves.Disciplines {
		ask(o.Discipline, at(at([]string{"serves", "disciplines"}, i), "discipline")...)
	}
	for i, id := range c.Agreement.Parties {
		ask(id, at([]string{"agreement", "parties"}, i)...)
	}
	for i, id := range c.Evidence.Sources {
		ask(id, at([]string{"evidence", "sources"}, i)...)
	}
	return out
}
