package derive

import (
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/placement"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// content writes what a registration, a placement and a student hold, as it is answered and as it is given. The fields
// and their rules are those of packages registration and placement, which forms and spreadsheets share.
func (d *deriver) content() {
	d.contentOf("RegistrationContent", "What a registration says of a practice base", registration.Fields)
	d.contentOf("PlacementContent", "What is said of a placement", placement.Fields)
	_, given := d.contentFields("StudentContent", placement.StudentFields)
	d.input("StudentContentInput", "What is said of a student. What is absent stays as it is, null clears it.", given...)
}

func (d *deriver) contentOf(name, description string, of registration.Field) {
	answered, given := d.contentFields(name, of)
	d.define("type", name, description+".", " @resolved", answered...)
	d.input(name+"Input", description+". What is absent stays as it is, null clears it.", given...)
}

// contentFields writes the fields of an object, as they are answered and as they are given.
func (d *deriver) contentFields(name string, of registration.Field) (answered, given []string) {
	for _, f := range of.Fields {
		t, input := d.contentType(name, f), ""
		if f.Kind == registration.Object {
			below := strings.TrimSuffix(name, "Content") + titled(f.Name)
			d.contentOf(below, "Of a registration: "+label(f), f)
			t, input = below, below+"Input"
		} else {
			input = t
		}
		if f.List > 0 {
			answered = append(answered, line(label(f)+".", "%s: [%s!]!", f.Name, t))
			given = append(given, line(label(f)+", the whole list.", "%s: [%s!]", f.Name, input))
			continue
		}
		answered = append(answered, line(label(f)+".", "%s: %s", f.Name, t))
		given = append(given, line(label(f)+".", "%s: %s", f.Name, input))
	}
	return answered, given
}

func label(f registration.Field) string {
	if f.LabelZh == "" {
		return titled(words(f.Name))
	}
	return f.Label + ", " + f.LabelZh
}

// contentType is the type of a field that is no object. A choice is one of an enum: that of the contract which has these
// values, or one of its own.
func (d *deriver) contentType(of string, f registration.Field) string {
	switch f.Kind {
	case registration.ID:
		return "ID"
	case registration.Date:
		return "PartialDate"
	case registration.Whole:
		return "Int"
	case registration.Decimal:
		return "Float"
	case registration.YesNo:
		return "Boolean"
	case registration.Choice:
		return d.enumOf(of, f)
	}
	return "String"
}

func (d *deriver) enumOf(of string, f registration.Field) string {
	for _, name := range slices.Sorted(maps.Keys(d.defs)) {
		if def := d.defs[name]; def.Kind == ast.Enum && slices.Equal(valuesOf(def), f.Choices) {
			return name
		}
	}
	name := of + titled(f.Name)
	var values []string
	for _, v := range f.Choices {
		values = append(values, line(titled(words(strings.ToLower(v)))+".", "%s", v))
	}
	d.enum(name, label(f)+".", values...)
	return name
}

func valuesOf(def *ast.Definition) []string {
	var out []string
	for _, v := range def.EnumValues {
		out = append(out, v.Name)
	}
	return out
}

// titled begins with a capital.
func titled(name string) string { return strings.ToUpper(name[:1]) + name[1:] }
