package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/chores"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/office"
	"github.com/partnergraph/partnergraph/internal/store"
)

// kept are the settings of how long is kept what changes leave beside the network.
type kept struct {
	Feed  time.Duration `name:"feed-kept" default:"2160h" help:"How long followers can resume: entries of the feed are kept that long, and the last 1,000 longer; 0 for ever."`
	Audit time.Duration `name:"audit-kept" default:"0" help:"How long it is kept who changed what; 0 for ever."`
}

// Validate is called by kong.
func (k *kept) Validate() error {
	if k.Feed < 0 || k.Audit < 0 {
		return network.Errorf(network.BadUserInput, "--feed-kept, --audit-kept: must not be less than 0")
	}
	return nil
}

// chores does what is to be done now and then, until ctx ends.
func (k *kept) chores(ctx context.Context, s *store.Store, desk *office.Office, log *slog.Logger) {
	chores.Run(ctx, s, 20*time.Second, func(chore string, err error) { log.WarnContext(ctx, "a chore failed", "chore", chore, "error", err) },
		chores.Chore{Name: "calendar", Every: time.Minute, Do: func(ctx context.Context) error {
			_, err := desk.Calendar(ctx)
			return err
		}},
		chores.Chore{Name: "forget", Every: time.Hour, Do: func(ctx context.Context) error {
			return desk.Writer.Forget(ctx, change.Kept{Feed: k.Feed, Audit: k.Audit})
		}},
	)
}
