package office

import (
	"context"
	"encoding/json"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/placement"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// stay is a viewer before a placement: what is agreed, and who they are to it.
type stay struct {
	read          rowsOf
	viewer        access.Viewer
	today         network.Day
	id            string // "" before it is made
	base, student string
	facts         placement.Facts
	room          *room
	actor         placement.Actor
	whole         bool // the viewer sees all of it
}

// find reads what is agreed; false of what isn't there for the viewer.
func (s *stay) find(ctx context.Context) (bool, error) {
	seen, err := standingBy(ctx, "PLACEMENT", s.read, s.viewer, []string{s.id})
	if err != nil || !seen[s.id].sees {
		return false, err
	}
	s.whole = seen[s.id].whole
	rows, err := s.read(ctx, joinedText, map[string]any{"p": map[string]any{"id": s.id}})
	if err != nil || len(rows) == 0 {
		return false, err
	}
	s.base, s.student = rows[0]["base"].(string), rows[0]["student"].(string)
	of, _ := rows[0]["placement"].(map[string]any)
	record, _ := rows[0]["record"].(map[string]any)
	s.facts, err = agreed(of, record)
	return true, err
}

// agreed are the facts of a placement. One that was imported has no record; what the network shows of it is all there is.
func agreed(shown, record map[string]any) (placement.Facts, error) {
	out := placement.Facts{Status: placement.Planned}
	if status, stated := shown["status"].(string); stated {
		out.Status = placement.Status(status)
	}
	out.Version, _ = shown["version"].(int64)
	if text, kept := record["content"].(string); kept {
		if err := json.Unmarshal([]byte(text), &out.Content); err != nil {
			return out, err
		}
	}
	if text, kept := record["overrides"].(string); kept {
		if err := json.Unmarshal([]byte(text), &out.Overrides); err != nil {
			return out, err
		}
	}
	from, _ := shown["from"].(string)
	until, _ := shown["until"].(string)
	out.Content.From, out.Content.Until = network.PartialDate(from), network.PartialDate(until)
	out.Content.HoursPerWeek = number(shown["hoursPerWeek"])
	return out, nil
}

// arrive finds out what room there is from a day on, and who the viewer is to the placement.
func (s *stay) arrive(ctx context.Context, since network.Day) (err error) {
	if since.After(s.today.Time) {
		since = s.today
	}
	if s.room, err = roomFor(ctx, s.read, s.base, s.student, since, s.today); err != nil {
		return err
	}
	if s.room == nil {
		return nothing(s.base)
	}
	s.room.ID = s.id
	s.actor, err = s.room.actorAt(ctx, s.read, s.viewer)
	return err
}

// placementStanding is how a placement stands, for who sees all of it.
func (o *Office) placementStanding(ctx context.Context, id string) (map[string]any, error) {
	s := stay{read: o.Database.Rows, viewer: access.From(ctx), today: network.NewDay(o.Writer.Now().UTC().Date()), id: id}
	if there, err := s.find(ctx); err != nil || !there || !s.whole {
		return nil, err
	}
	if err := s.arrive(ctx, s.facts.Content.Span().From); err != nil {
		return nil, err
	}
	content, err := json.Marshal(s.facts.Content)
	if err != nil {
		return nil, err
	}
	told := map[string]any{}
	if err := json.Unmarshal(content, &told); err != nil {
		return nil, err
	}
	out := map[string]any{
		"placement": id, "status": string(s.facts.Status), "version": s.facts.Version, "content": told,
		"findings": s.findings(), "viewerCan": []any{},
	}
	for _, p := range placement.Permissions(s.actor, s.facts, s.room.Around, s.today) {
		one := map[string]any{"action": string(p.Action), "allowed": p.Allowed}
		if p.Why != nil {
			one["why"] = userError(*p.Why)
		}
		out["viewerCan"] = append(out["viewerCan"].([]any), one)
	}
	return out, nil
}

// findings is what rules of policy say of the placement, if they say anything, and why it was let pass.
func (s *stay) findings() []any {
	out := []any{}
	for _, f := range placement.Judge(nil, s.facts.Content, s.room.Around) {
		if f.Outcome == registration.Passed {
			continue
		}
		one := map[string]any{
			"rule": f.Rule.Code, "severity": string(f.Rule.Severity), "message": f.Message, "messageZh": f.MessageZh, "source": f.Rule.Source.Title,
		}
		if reason := s.facts.Overrides[f.Rule.Code]; reason != "" {
			one["override"] = reason
		}
		out = append(out, one)
	}
	return out
}
