package store_test

import (
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/store"
)

// BenchmarkRead is what the smallest read costs: one round trip to the database. The store is watched, as a server's is.
func BenchmarkRead(b *testing.B) {
	s, err := store.Open(ctx, dbtest.Config(b))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close(ctx) }()
	if err := s.Watch(func(bool, time.Duration) {}); err != nil {
		b.Fatal(err)
	}
	read := func() {
		if v, err := s.Read(ctx, "RETURN 1 AS answer", nil); err != nil || v != int64(1) {
			b.Fatal(v, err)
		}
	}
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			read()
		}
	})
	b.Run("beside", func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				read()
			}
		})
	})
}
