package graphmap

import (
	"maps"
	"reflect"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// fields reads how each field of each type is answered. Interfaces come first, so that a thing takes over what its
// interface declares: the directive then stands once.
func (l *loader) fields() {
	names := slices.Sorted(maps.Keys(l.m.Types))
	for _, want := range []bool{true, false} {
		for _, name := range names {
			if t := l.m.Types[name]; (t.Kind == Interface) == want && name == "Node" {
				l.fieldsOf(t)
			}
		}
		for _, name := range names {
			if t := l.m.Types[name]; (t.Kind == Interface) == want && name != "Node" {
				l.fieldsOf(t)
			}
		}
	}
}

func (l *loader) fieldsOf(t *Type) {
	for _, d := range t.Def.Fields {
		f := l.field(t, d)
		t.Fields = append(t.Fields, f)
		t.byName[d.Name] = f
	}
}

func (l *loader) field(t *Type, d *ast.FieldDefinition) *Field {
	f := &Field{Name: d.Name, Owner: t.Name, Type: d.Type, Property: d.Name, Def: d, Target: l.m.Types[d.Type.Name()]}
	f.Folded = d.Directives.ForName("folded") != nil
	if f.Folded && d.Type.Name() != "String" {
		l.fail(d.Position, "%s.%s is folded, but it is no String", t.Name, d.Name)
	}
	f.Confidential = d.Directives.ForName("confidential") != nil
	if f.Confidential && t.Kind == Thing && t.Seen == everyone {
		l.fail(d.Position, "%s.%s is confidential, but everyone sees the whole %s", t.Name, d.Name, t.Name)
	}
	if p := d.Directives.ForName("property"); p != nil {
		f.Property, f.Chinese = arg(p, "name"), arg(p, "zh")
	}
	if c := d.Directives.ForName("computed"); c != nil {
		f.Computed = arg(c, "as")
	}
	f.Resolved = d.Directives.ForName("resolved") != nil
	if tr := d.Directives.ForName("traverse"); tr != nil {
		f.Hops, f.Sure = l.hops(t, d, tr)
	}
	if a := d.Directives.ForName("analysis"); a != nil {
		f.Analysis = l.analysis(t, d, a)
	}
	for _, name := range t.Def.Interfaces {
		i := l.m.Types[name]
		if i == nil || i.Field(d.Name) == nil {
			continue
		}
		if of := i.Field(d.Name); len(d.Directives) == 0 || of.sameReading(f) {
			f.Owner, f.Property, f.Chinese, f.Folded, f.Computed = of.Owner, of.Property, of.Chinese, of.Folded, of.Computed
			f.Hops, f.Sure, f.Analysis = of.Hops, of.Sure, of.Analysis
			return f
		}
		l.fail(d.Position, "%s.%s is read otherwise than %s.%s, which it implements", t.Name, d.Name, name, d.Name)
	}
	isThing := t.Kind == Thing || t.Kind == Interface
	switch {
	case !isThing || f.Target == nil || !f.IsHeld():
	case f.Target.Kind == Item || f.Target.Kind == Point:
	default:
		l.fail(d.Position, "%s.%s answers %s but does not say which hops lead there: add @traverse", t.Name, d.Name, f.Target.Name)
	}
	return f
}

func (f *Field) sameReading(o *Field) bool {
	return f.Property == o.Property && f.Chinese == o.Chinese && f.Folded == o.Folded && f.Computed == o.Computed &&
		reflect.DeepEqual(f.Hops, o.Hops) && reflect.DeepEqual(f.Analysis, o.Analysis)
}

// hops reads the hops of a field and follows them over the declared relationships, so that one that leads nowhere, or
// past what the field answers, is found here.
func (l *loader) hops(t *Type, d *ast.FieldDefinition, tr *ast.Directive) (out []Hop, sure bool) {
	target := l.m.Types[d.Type.Name()]
	if target != nil && target.Kind == Connection {
		target = target.Node
	}
	if target == nil || len(target.Concrete) == 0 {
		l.fail(d.Position, "%s.%s traverses to %s, which is no thing and no connection of things", t.Name, d.Name, d.Type.Name())
		return nil, false
	}
	w := &walk{name: t.Name + "." + d.Name, position: tr.Position, arguments: d.Arguments}
	return l.follow(w, list(tr, "hops"), t.Concrete, target)
}

// walk is what a fault of hops names.
type walk struct {
	name      string
	position  *ast.Position
	arguments ast.ArgumentDefinitionList
}

// follow reads hops from things of some types to those of another, and tells whether they lead nowhere else.
func (l *loader) follow(w *walk, hops []*ast.Value, at []string, target *Type) (out []Hop, sure bool) {
	for i, v := range hops {
		h := Hop{
			Over: child(v, "over"), Out: child(v, "direction") == "OUT",
			Least: number(v, "least"), Most: number(v, "most"),
			Through: child(v, "through"), When: child(v, "when"),
		}
		rel := l.m.Relationships[h.Over]
		if rel == nil {
			l.fail(w.position, "%s hops over %s, which no @relationship declares", w.name, h.Over)
			return append(out, h), false
		}
		if h.Least < 0 || h.Most < 1 || h.Least > h.Most {
			l.fail(w.position, "%s: hop %d repeats from %d to %d times", w.name, i+1, h.Least, h.Most)
			return append(out, h), false
		}
		if h.When != "" {
			if a := w.arguments.ForName(h.When); a == nil || a.Type.Name() != "Boolean" {
				l.fail(w.position, "%s: hop %d is switched on by %q, which is not a Boolean argument of the field", w.name, i+1, h.When)
			}
		}
		reached := l.reach(at, h, rel)
		if h.Through != "" {
			through := l.labelled(h.Through)
			if through == nil {
				l.fail(w.position, "%s: no type has the label %s", w.name, h.Through)
				return append(out, h), false
			}
			reached = slices.DeleteFunc(reached, func(n string) bool { return !slices.Contains(through, n) })
		}
		if len(reached) == 0 {
			l.fail(w.position, "%s: hop %d over %s leads nowhere: it does not %s %v", w.name, i+1, h.Over, map[bool]string{true: "leave", false: "reach"}[h.Out], at)
			return append(out, h), false
		}
		h.Reaches = slices.Clone(reached)
		out = append(out, h)
		if h.Least == 0 || h.When != "" {
			for _, n := range at {
				if !slices.Contains(reached, n) {
					reached = append(reached, n)
				}
			}
		}
		at = reached
	}
	if !slices.ContainsFunc(at, func(n string) bool { return slices.Contains(target.Concrete, n) }) {
		l.fail(w.position, "%s: its hops end at %v, never at %s", w.name, at, target.Name)
	}
	return out, !slices.ContainsFunc(at, func(n string) bool { return !slices.Contains(target.Concrete, n) })
}

// reach lists the things that a hop may lead to from the given ones, repetitions included.
func (l *loader) reach(from []string, h Hop, rel *Rel) []string {
	var out []string
	at := from
	for range h.Most {
		var next []string
		for _, j := range rel.Joins {
			near, far := j.From, j.To
			if !h.Out {
				near, far = far, near
			}
			if slices.ContainsFunc(at, func(n string) bool { return slices.Contains(near, n) }) {
				for _, n := range far {
					if !slices.Contains(out, n) {
						out, next = append(out, n), append(next, n)
					}
				}
			}
		}
		at = next
	}
	return out
}

func (l *loader) labelled(label string) []string {
	for _, t := range l.m.Types {
		if t.Label == label {
			return t.Concrete
		}
	}
	return nil
}

func number(v *ast.Value, name string) int {
	raw := child(v, name)
	if raw == "" {
		return 1
	}
	n, _ := strconv.Atoi(raw)
	return n
}
