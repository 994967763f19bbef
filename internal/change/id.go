package change

import (
	"crypto/rand"
	"strings"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
)

// ids makes ids that sort by when they were made, those of one process in their order also when its clock is set back.
var ids = struct {
	sync.Mutex
	last    uint64
	entropy *ulid.MonotonicEntropy
}{entropy: ulid.Monotonic(rand.Reader, 0)}

// newID makes a ULID, in small letters as all ids are.
func newID() string {
	ids.Lock()
	defer ids.Unlock()
	ids.last = max(ids.last, ulid.Timestamp(time.Now()))
	id, err := ulid.New(ids.last, ids.entropy)
	if err != nil { // 2^80 of them in one millisecond
		ids.last++
		id = ulid.MustNew(ids.last, ids.entropy)
	}
	return strings.ToLower(id.String())
}
