package change

import (
	"sync"
	"testing"
)

// TestIDs: ids of one process come in their order, and none twice, however many are made at once.
func TestIDs(t *testing.T) {
	var all sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]bool{}
	for range 8 {
		all.Go(func() {
			last := ""
			for range 5000 {
				id := newID()
				if id <= last || len(id) != 26 {
					t.Errorf("%s after %s", id, last)
				}
				last = id
				mu.Lock()
				if seen[id] {
					t.Errorf("%s is made twice", id)
				}
				seen[id] = true
				mu.Unlock()
			}
		})
	}
	all.Wait()
}
