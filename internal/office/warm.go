package office

import (
	"context"
	"embed"
	"fmt"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

//go:embed statements/*.cypher
var statementFiles embed.FS

// Warm has the database plan what offices run, so that the first of them doesn't wait for it. It changes nothing.
func (o *Office) Warm(ctx context.Context) error {
	if err := o.Writer.Warm(ctx, registrations, placements, noticed); err != nil {
		return err
	}
	today := network.NewDay(o.Writer.Now().UTC().Date())
	nothing := map[string]any{"p": map[string]any{}, "today": today, "last": today, "day": today}
	files, err := statementFiles.ReadDir("statements")
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Name() == "audit.cypher" { // no statement before it is known who asks for what
			continue
		}
		text, err := statementFiles.ReadFile("statements/" + f.Name())
		if err != nil {
			return err
		}
		if _, err := o.Database.Rows(ctx, string(text), nothing); err != nil {
			return fmt.Errorf("planning %s: %w", f.Name(), err)
		}
	}
	written := map[string]*graphmap.Type{} // one for each rule of writing
	for _, of := range o.Writer.Map.Things() {
		if of.Written != "" {
			written[of.Written] = of
		}
	}
	for _, roles := range []access.Roles{access.Office, access.Reviewer, access.Office | access.Reviewer, access.Admin} {
		v := access.Viewer{Roles: roles}
		for _, rule := range []string{"BASE", "STUDENT"} {
			if _, err := standingBy(ctx, rule, o.Database.Rows, v, nil); err != nil {
				return err
			}
		}
		for _, of := range written {
			if _, err := changeable(ctx, o.Database.Rows, v, of, ""); err != nil {
				return err
			}
		}
	}
	return nil
}
