package office

import (
	"context"
	_ "embed"
	"slices"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/registration"
)

//go:embed statements/erasable.cypher
var erasableText string

// nobody is the name of a student of whom nobody knows who it was.
const nobody = "Erased"

// eraseStudent takes away who a student is, wherever it is kept. The student counts as before, and so do the placements.
// That it was done, when and by which office is on record, and names nobody.
func (o *Office) eraseStudent(ctx context.Context, mutation string, input map[string]any) (map[string]any, error) {
	r, err := request(ctx, mutation, input)
	if err != nil {
		return nil, err
	}
	id, _ := input["id"].(string)
	var wrong []registration.Problem
	answer, err := o.Writer.Do(ctx, r, func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
		wrong, err = erase(ctx, tx, r.Viewer, id)
		return change.Answer{Values: map[string]any{"id": id}, UserErrors: told(wrong)}, err
	})
	switch {
	case err != nil:
		return nil, err
	case len(answer.UserErrors) > 0:
		return map[string]any{"userErrors": userErrors(wrong)}, nil
	}
	return map[string]any{"student": id, "userErrors": []any{}}, nil
}

func erase(ctx context.Context, tx *change.Tx, v access.Viewer, id string) ([]registration.Problem, error) {
	seen, err := standingBy(ctx, "STUDENT", tx.Read, v, []string{id})
	if err != nil {
		return nil, err
	}
	if !seen[id].sees {
		return nil, nothing(id)
	}
	found, err := tx.Lock(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case found[id].Type != "Student":
		return nil, nothing(id)
	}
	ties, err := tx.Ties(ctx, id, "ENROLLED_AT")
	if err != nil {
		return nil, err
	}
	schools := enrolmentOf(found[id], ties, tx.Today()).schools
	standings, err := standingTo(ctx, tx.Read, v, schools)
	if err != nil {
		return nil, err
	}
	own := v.Roles.Has(access.Office) && slices.ContainsFunc(schools, func(id string) bool { return standings[id].office })
	if !own && !v.Roles.Has(access.Admin) {
		return []registration.Problem{registration.NewProblem(registration.NotAllowed, []string{"id"}, registration.Say(
			"only the office of where the student is enrolled, or an administrator, erases who %s is", "仅限学生所在学校的办公室或管理员删除 %s 的个人信息", id))}, nil
	}
	if found[id].Properties["erasedOn"] != nil {
		return nil, nil
	}
	rows, err := tx.Read(ctx, erasableText, map[string]any{"p": map[string]any{"student": id}})
	if err != nil {
		return nil, err
	}
	ids := []string{id}
	now := map[string]map[string]any{id: {"name": nobody, "erasedOn": tx.Today().String()}}
	for _, r := range rows {
		placed := r["id"].(string)
		ids, now[placed] = append(ids, placed), titles(texts(r["base"]))
	}
	if _, err := tx.Lock(ctx, ids...); err != nil {
		return nil, err
	}
	return nil, tx.Erase(ctx, ids, now, placements)
}

// titles are the names of a placement: those of its base, in English and in Chinese.
func titles(base []string) map[string]any {
	out := map[string]any{"name": "Internship"}
	if len(base) > 0 && base[0] != "" {
		out["name"] = "Internship at " + base[0]
	}
	if len(base) > 1 && base[1] != "" {
		out["nameZh"] = base[1] + "实习"
	}
	return out
}
