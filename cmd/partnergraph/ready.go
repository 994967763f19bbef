package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

type readyCmd struct {
	Address string `default:"http://127.0.0.1:8080" help:"Address of the server."`
}

func (c *readyCmd) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(c.Address, "/")+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("no server answers at %s: %w", c.Address, err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server at %s is not ready", c.Address)
	}
	return nil
}
