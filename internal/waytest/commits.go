package waytest

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"github.com/Shopify/toxiproxy/v2/toxics"
)

// CutCommits cuts connections while they commit: of a hundred commits, so many. Some are cut before the database hears of
// them, some after it has, some about when its answer comes. It gives how many were cut so far.
func (w *Way) CutCommits(percent int) (cut func() int) {
	w.Helper()
	commitsCut.Store(0)
	text := fmt.Sprintf(`{"type": "cut_commits", "stream": "upstream", "attributes": {"percent": %d}}`, percent)
	if _, err := w.proxy.Toxics.AddToxicJson(strings.NewReader(text)); err != nil {
		w.Fatal(err)
	}
	return func() int { return int(commitsCut.Load()) }
}

// cutCommits is the toxic. It is for one way at a time.
type cutCommits struct {
	Percent int `json:"percent"`
}

var commitsCut atomic.Int64

func init() { toxics.Register("cut_commits", new(cutCommits)) }

// commit is the message by which a client of Neo4j commits.
var commit = []byte{0, 2, 0xb0, 0x12, 0, 0}

// answered is about how long the database takes to answer a commit.
const answered = 8 * time.Millisecond

func (c *cutCommits) Pipe(stub *toxics.ToxicStub) {
	for {
		select {
		case <-stub.Interrupt:
			return
		case chunk := <-stub.Input:
			if chunk == nil {
				stub.Close()
				return
			}
			if !bytes.Contains(chunk.Data, commit) || rand.IntN(100) >= c.Percent {
				stub.Output <- chunk
				continue
			}
			commitsCut.Add(1)
			if rand.IntN(3) > 0 {
				stub.Output <- chunk
				time.Sleep(rand.N(answered))
			}
			stub.Close()
			return
		}
	}
}
