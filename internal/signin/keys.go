package signin

import (
	"context"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"golang.org/x/sync/singleflight"
)

// How long keys are used, counted from when the issuer was last asked.
const (
	fresh = 5 * time.Minute // after that the issuer is asked again, and they go on being used where it doesn't answer
	holds = time.Hour       // after that they are used no more: an issuer that doesn't answer can't take a key back
	pause = 5 * time.Second // the issuer is asked no sooner than that, however many tokens are forged

	patience = 250 * time.Millisecond // so long a token waits for newer keys where there are some
)

// keys are those of an issuer, asked for when they are needed.
type keys struct {
	fetch  func() ([]jose.JSONWebKey, error)
	now    func() time.Time
	flight singleflight.Group

	mu     sync.Mutex
	held   []jose.JSONWebKey
	since  time.Time // when held was fetched
	tried  time.Time // when the issuer was last asked, and with what result
	failed error
}

// current gives the keys as they were a short time ago at most, or longer while the issuer doesn't answer.
func (k *keys) current(ctx context.Context) ([]jose.JSONWebKey, error) {
	k.mu.Lock()
	held, age := k.held, k.now().Sub(k.since)
	k.mu.Unlock()
	switch {
	case held == nil || age >= holds:
		return k.renewed(ctx)
	case age >= fresh:
		soon, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		if newer, err := k.renewed(soon); err == nil {
			return newer, nil
		}
	}
	return held, nil
}

// renewed gives the keys as they are now, or were a pause ago.
func (k *keys) renewed(ctx context.Context) ([]jose.JSONWebKey, error) {
	select {
	case r := <-k.flight.DoChan("", k.renew):
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.([]jose.JSONWebKey), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// renew asks the issuer, unless it was asked just now. It runs once at a time.
func (k *keys) renew() (any, error) {
	k.mu.Lock()
	held, failed, recent := k.held, k.failed, k.now().Sub(k.tried) < pause
	k.mu.Unlock()
	if recent {
		return held, failed
	}
	fetched, err := k.fetch()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tried, k.failed = k.now(), err
	if err != nil {
		return nil, err
	}
	k.held, k.since = fetched, k.tried
	return fetched, nil
}
