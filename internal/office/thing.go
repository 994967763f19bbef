package office

import (
	"context"
	_ "embed" // the statements
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/compile"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// The most letters of a name and of any other text, and elements of a list.
const (
	longestName = 300
	longestText = 5000
	longestList = 100
)

// aside are the fields of an input that say nothing of the thing itself.
var aside = []string{"idempotencyKey", "id", "version", "evidence", "on", "from", "to"}

// thingMutation makes, changes or ends a thing of a type.
type thingMutation struct {
	of   *graphmap.Type
	verb string // Create, Update or End
}

// thingMutations are those of all types that say who writes them, by their names.
func thingMutations(m *graphmap.Map) map[string]thingMutation {
	out := map[string]thingMutation{}
	for _, t := range m.Things() {
		if t.Written == "" {
			continue
		}
		name := strings.ToLower(t.Name[:1]) + t.Name[1:]
		out[name+"Create"], out[name+"Update"] = thingMutation{t, "Create"}, thingMutation{t, "Update"}
		if t.Ends != "" {
			out[name+"End"] = thingMutation{t, "End"}
		}
	}
	return out
}

// changeThing makes, changes or ends a thing.
func (o *Office) changeThing(ctx context.Context, mutation string, input map[string]any) (map[string]any, error) {
	of := o.things[mutation]
	field := strings.TrimSuffix(mutation, of.verb)
	r, err := request(ctx, mutation, input)
	if err != nil {
		return nil, err
	}
	properties, problems := o.stated(of.of.Name, input)
	if of.verb == "End" {
		properties[of.of.Ends] = input["on"]
	}
	if len(problems) > 0 {
		return map[string]any{"userErrors": userErrors(problems)}, nil
	}
	if of.verb == "Create" && !access.WritingOf(of.of.Written).MayCreate(r.Viewer) && r.Viewer.Subject != "" {
		return nil, network.Errorf(network.Forbidden, "%s is for offices, reviewers and administrators", mutation)
	}
	answer, err := o.Writer.Do(ctx, r, func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
		if problems, err = o.twins(ctx, tx, input, properties); err != nil || len(problems) > 0 {
			return change.Answer{UserErrors: told(problems)}, err
		}
		if of.verb == "Create" {
			id, err := tx.Create(of.of.Name, properties, evidenceGiven(input)...)
			return change.Answer{Values: map[string]any{"id": id}}, err
		}
		id, _ := input["id"].(string)
		version, _ := input["version"].(int64)
		locked, err := o.lockToChange(ctx, tx, r.Viewer, of.of, id)
		if err == nil {
			err = tx.Expect(id, version)
		}
		if err == nil {
			problems = inOrder(of.of, locked.Properties, properties)
		}
		if err == nil && len(problems) == 0 {
			err = tx.Update(id, properties, evidenceGiven(input)...)
		}
		return change.Answer{Values: map[string]any{"id": id}, UserErrors: told(problems)}, err
	})
	var conflict *change.VersionConflict
	switch {
	case errors.As(err, &conflict):
		return clashOf(conflict, input), nil
	case err != nil:
		return nil, err
	case len(answer.UserErrors) > 0:
		return map[string]any{"userErrors": userErrors(problems)}, nil
	}
	return map[string]any{field: answer.Values["id"], "userErrors": []any{}}, nil
}

//go:embed statements/twins.cypher
var twinsText string

// twins says whether another organisation has the credit code that is given: each has one, so it is the same.
func (o *Office) twins(ctx context.Context, tx *change.Tx, input, properties map[string]any) ([]registration.Problem, error) {
	code, given := properties["creditCode"].(string)
	if !given {
		return nil, nil
	}
	id, _ := input["id"].(string)
	rows, err := tx.Read(ctx, twinsText, map[string]any{"p": map[string]any{"code": code, "id": id}})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return []registration.Problem{{
		Code: registration.Twice, Field: []string{"creditCode"},
		Message:   fmt.Sprintf("%s has this credit code, %v: use that one, or correct the code", rows[0]["id"], rows[0]["name"]),
		MessageZh: fmt.Sprintf("该统一社会信用代码已属于 %s（%v）：请使用该单位，或更正代码", rows[0]["id"], rows[0]["name"]),
	}}, nil
}

// clashOf is the payload of a change that came second.
func clashOf(c *change.VersionConflict, input map[string]any) map[string]any {
	p := registration.Problem{
		Code: registration.VersionConflict, Field: []string{"version"},
		Message:   fmt.Sprintf("you saw version %d, and it is version %d by now: look at what changed, and try again", c.Expected, c.Actual),
		MessageZh: fmt.Sprintf("您看到的是版本 %d，当前已是版本 %d：请查看变更后重试", c.Expected, c.Actual),
	}
	return map[string]any{
		"userErrors": userErrors([]registration.Problem{p}),
		"conflict":   map[string]any{"expected": c.Expected, "actual": c.Actual, "differences": []any{}},
	}
}

// lockToChange locks a thing that the viewer may change. One that they don't see isn't there; of what is written here
// everybody sees the existence.
func (o *Office) lockToChange(ctx context.Context, tx *change.Tx, v access.Viewer, of *graphmap.Type, id string) (change.Thing, error) {
	found, err := tx.Lock(ctx, id)
	if err != nil {
		return change.Thing{}, err
	}
	if found[id].Type != of.Name {
		return change.Thing{}, nothing(id)
	}
	return found[id], o.mayChange(ctx, tx, v, id, found[id].Type)
}

// mayChange tells whether the viewer may change a thing that is there.
func (o *Office) mayChange(ctx context.Context, tx *change.Tx, v access.Viewer, id, kind string) error {
	t := o.Writer.Map.Types[kind]
	switch {
	case o.mayBeHidden(kind):
		return nothing(id)
	case t.Written == "":
		return network.Errorf(network.BadUserInput, "%s is a %s, which has mutations of its own, or none", id, kind)
	}
	may, err := changeable(ctx, tx.Read, v, t, id)
	if err == nil && !may {
		err = network.Errorf(network.Forbidden, "%s is changed by its own office, by who reviews for it, and by administrators", id)
	}
	return err
}

// changeable tells whether the rule of writing of a type lets the viewer change the thing with an id.
func changeable(ctx context.Context, read rowsOf, v access.Viewer, of *graphmap.Type, id string) (bool, error) {
	rows, err := read(ctx, compile.Standing(access.WritingOf(of.Written).MayChange(v)), map[string]any{"p": map[string]any{
		"ids": []string{id}, "offices": listed(v.Offices), "reviews": listed(v.Reviews),
	}})
	if err != nil {
		return false, err
	}
	return len(rows) > 0 && rows[0]["met"].([]any)[0] == true, nil
}

// mayBeHidden tells whether there are things of a type that somebody doesn't see. They have mutations of their own, and to
// those here they aren't there.
func (o *Office) mayBeHidden(kind string) bool {
	t := o.Writer.Map.Types[kind]
	return t.Written == "" && t.Seen != "ANYONE"
}

// stated are the properties that an input states of a thing or tie of a kind, in the form in which they are stored, and
// what is wrong with them.
func (o *Office) stated(kind string, input map[string]any) (map[string]any, []registration.Problem) {
	out := map[string]any{}
	var problems []registration.Problem
	wrong := func(code registration.Code, field, en, zh string) {
		problems = append(problems, registration.Problem{Code: code, Field: []string{field}, Message: en, MessageZh: zh})
	}
	for _, name := range slices.Sorted(maps.Keys(input)) {
		if slices.Contains(aside, name) {
			continue
		}
		v := stored(name, input[name])
		switch n, most := lengthOf(v), mostOf(name); {
		case n > most:
			wrong(registration.TooLong, name, fmt.Sprintf("%s has %d letters or elements: at most %d", name, n, most), fmt.Sprintf("%s 过长（%d）：最多 %d", name, n, most))
			continue
		case v == nil && name == "name":
			wrong(registration.Required, name, "a name can't be cleared: give one", "名称不能为空：请填写")
			continue
		case v == nil && name == "aliases":
			out["aliasSources"], out["aliasLocators"] = nil, nil
		case v == nil:
		case name == "aliases":
			n := len(v.([]string))
			out["aliasSources"], out["aliasLocators"] = make([]string, n), make([]string, n)
		default:
			if wants := o.Writer.Unfit(kind, name, v); wants != "" {
				wrong(registration.BadFormat, name, fmt.Sprintf("%s: %s", name, wants), fmt.Sprintf("%s 的值无效：%s", name, wants))
				continue
			}
		}
		out[name] = v
	}
	return out, problems
}

// stored is a value of an input as it is stored; nil for an empty text or list.
func stored(name string, v any) any {
	switch v := v.(type) {
	case string:
		if strings.TrimSpace(v) == "" {
			return nil
		}
		return strings.TrimSpace(v)
	case []any:
		if len(v) == 0 {
			return nil
		}
		return texts(v)
	case map[string]any:
		if name == "position" {
			at := network.Point{}
			at.Latitude, at.Longitude = decimal(v["latitude"]), decimal(v["longitude"])
			return at
		}
	}
	return v
}

func decimal(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return 0
}

func lengthOf(v any) int {
	switch v := v.(type) {
	case string:
		return utf8.RuneCountInString(v)
	case []string:
		return len(v)
	}
	return 0
}

func mostOf(name string) int {
	switch name {
	case "name", "nameZh":
		return longestName
	case "aliases", "specialities":
		return longestList
	}
	return longestText
}

// inOrder says whether a thing would end before it begins.
func inOrder(of *graphmap.Type, before, properties map[string]any) []registration.Problem {
	if of.Begins == "" || of.Ends == "" {
		return nil
	}
	now := func(name string) string {
		if v, given := properties[name]; given {
			s, _ := v.(string)
			return s
		}
		s, _ := before[name].(string)
		return s
	}
	from, until := network.PartialDate(now(of.Begins)), network.PartialDate(now(of.Ends))
	if from == "" || until == "" || !until.Latest().Before(from.Earliest().Time) {
		return nil
	}
	return []registration.Problem{{
		Code: registration.OutOfOrder, Field: []string{of.Ends},
		Message:   fmt.Sprintf("it would end on %s, before it begins on %s: give a later day", until, from),
		MessageZh: fmt.Sprintf("结束日期 %s 早于开始日期 %s：请填写更晚的日期", until, from),
	}}
}

// evidenceGiven is the evidence of an input.
func evidenceGiven(input map[string]any) []change.Evidence {
	list, _ := input["evidence"].([]any)
	var out []change.Evidence
	for _, e := range list {
		e := e.(map[string]any)
		source, _ := e["source"].(string)
		locator, _ := e["locator"].(string)
		out = append(out, change.Evidence{Source: source, Locator: locator})
	}
	return out
}

// told are problems as a change is told of them.
func told(problems []registration.Problem) []change.UserError {
	var out []change.UserError
	for _, p := range problems {
		out = append(out, change.UserError{Code: string(p.Code), Field: p.Field, Message: p.Message, MessageZh: p.MessageZh})
	}
	return out
}
