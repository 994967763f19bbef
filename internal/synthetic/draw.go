package synthetic

import "math/rand/v2"

// draw is a sequence of chances that belongs to one thing: a thing comes out the same whatever was made before it, and
// can be looked at again without being kept.
type draw struct{ *rand.Rand }

// aspect keeps apart the chances of what is decided in different places.
type aspect uint64

// draw begins the sequence of an aspect of the thing with a number.
func (g *generator) draw(a aspect, i int) draw {
	return draw{rand.New(rand.NewPCG(g.seed^uint64(a)<<56, uint64(i)))}
}

// chance is true so many times in a hundred.
func (d draw) chance(percent int) bool { return d.IntN(100) < percent }

// between draws a number, both ends included.
func (d draw) between(least, most int) int { return least + d.IntN(most-least+1) }

// pick draws one of a list.
func pick[T any](d draw, list []T) T { return list[d.IntN(len(list))] }

// weighed is a value and how often it comes.
type weighed struct {
	value  string
	weight int
}

// weigh draws a value by its weight.
func (d draw) weigh(list []weighed) string {
	total := 0
	for _, w := range list {
		total += w.weight
	}
	at := d.IntN(total)
	for _, w := range list {
		if at -= w.weight; at < 0 {
			return w.value
		}
	}
	panic("the weights don't add up")
}

// early draws a number below n, a low one more often.
func (d draw) early(n int) int {
	f := d.Float64()
	return int(f * f * float64(n))
}

// rank draws a number below n by the law of Zipf: few come often, most seldom. The first few share the top, so that
// nobody has it all.
func (d draw) rank(n int) int {
	top := float64(min(max(4, n/20), 20))
	return int(rand.NewZipf(d.Rand, 1.2, top, uint64(n-1)).Uint64())
}

// distinct draws up to count different numbers below n.
func (d draw) distinct(count, n int) []int {
	var out []int
	seen := map[int]bool{}
	for range 4 * count {
		if i := d.IntN(n); len(out) < min(count, n) && !seen[i] {
			seen[i] = true
			out = append(out, i)
		}
	}
	return out
}
