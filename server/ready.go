package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// ready answers a load balancer: whether to send people here, and in a word why not.
func (c Config) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	err := c.Ready(ctx)
	if err == nil {
		_, _ = w.Write([]byte("ready\n"))
		return
	}
	c.Log.WarnContext(ctx, "not ready", "error", err)
	text := "not ready"
	var known *network.Error
	if errors.As(err, &known) {
		text += ": " + known.Message
	}
	http.Error(w, text, http.StatusServiceUnavailable)
}
