package synthetic

import "sort"

// shares says how a row of things is shared out: share k is from shares[k] until shares[k+1].
type shares []int

// shareOut shares out total things by weights, each share following the one before.
func shareOut(total int, weights []int) shares {
	whole := 0
	for _, w := range weights {
		whole += w
	}
	out, sum := make(shares, len(weights)+1), 0
	for k, w := range weights {
		sum += w
		out[k+1] = total * sum / whole
	}
	return out
}

// of is the share that thing i belongs to.
func (s shares) of(i int) int { return sort.SearchInts(s, i+1) - 1 }

func (s shares) size(k int) int { return s[k+1] - s[k] }
