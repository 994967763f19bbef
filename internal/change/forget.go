package change

import (
	"context"
	_ "embed" // the statements
	"time"

	"github.com/partnergraph/partnergraph/internal/store"
)

//go:embed statements/forget_feed.cypher
var forgetFeedText string

//go:embed statements/forget_audit.cypher
var forgetAuditText string

// Kept is how long is kept what changes leave beside the network; 0 is for ever.
type Kept struct {
	Feed  time.Duration
	Audit time.Duration
}

const (
	// LeastFeed is how many of the last entries of the feed are kept however old they are: so the feed has an end that can
	// be found.
	LeastFeed  = 1000
	forgetStep = 500 // entries that one transaction forgets
)

// Forget forgets what is kept long enough, in small steps.
func (w *Writer) Forget(ctx context.Context, kept Kept) error {
	for _, of := range []struct {
		text string
		kept time.Duration
	}{{forgetFeedText, kept.Feed}, {forgetAuditText, kept.Audit}} {
		for of.kept > 0 {
			forgotten := int64(0)
			err := w.Database.Transact(ctx, func(ctx context.Context, tx *store.Tx) error {
				rows, err := tx.Run(ctx, of.text, map[string]any{"p": map[string]any{
					"before": w.Now().UTC().Add(-of.kept), "least": int64(LeastFeed), "most": int64(forgetStep),
				}})
				if err == nil && len(rows) > 0 {
					forgotten, _ = rows[0]["forgotten"].(int64)
				}
				return err
			})
			if err != nil {
				return err
			}
			if forgotten == 0 {
				break
			}
			if !pause(ctx) {
				return ctx.Err()
			}
		}
	}
	return nil
}
