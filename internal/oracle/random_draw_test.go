package oracle

import "pgregory.net/rapid"

// What is drawn here is drawn evenly. rapid's own numbers are small ones mostly, which suits the cutting of a failure
// that rapid does, and not the finding of one; a report cuts by itself.

var bit = rapid.Bool()

// number draws a whole number from least to most.
func number(t *rapid.T, least, most int) int {
	n, bits := most-least+1, 0
	for 1<<bits < n {
		bits++
	}
	bits += 4 // so that no number is much more common than another
	drawn := 0
	for range bits {
		drawn *= 2
		if bit.Draw(t, "") {
			drawn++
		}
	}
	return least + drawn*n>>bits
}

func pick[V any](t *rapid.T, from []V) V { return from[number(t, 0, len(from)-1)] }

func chance(t *rapid.T, percent int) bool { return number(t, 0, 99) < percent }
