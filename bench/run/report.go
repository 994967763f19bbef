package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// report is what the table is made of.
type report struct {
	size, small string
	began       time.Time
	rounds      int
	length      time.Duration
	at          *result // at the size that is measured
	from        *result // at the size to grow from; nil in a quick run
}

// The goals.
const (
	meanShare  = 0.85
	leastShare = 0.75
	mostMemory = 64 << 20
	mostGrowth = 1.3
)

// peerNote says how far the comparison with the peer goes.
const peerNote = `The peer can't say: what lies several hops away with its paths (behind), paths between things of any type
(shortest, around), how well a name fits (search), an order by what is behind a connection (ordered), groups (grouped,
shares, coverage). Of travel it answers neither certainty nor the sources. It fails where its statement needs more memory than the
database has.

`

// line is what is told of an operation.
type line struct {
	name                 string
	limit, product, peer *lane
	share                [3]float64 // of the limit's throughput: first quartile, median, third
	peerShare            [3]float64
	cpuShare             float64 // of what a request of the limit costs, server and database
	growth, limitGrowth  float64
	statements           int
}

func (r *report) lines() []line {
	var out []line
	for i, lanes := range r.at.lanes {
		l := line{name: lanes[0].op.Name, limit: lanes[0], product: lanes[1]}
		l.statements = r.at.checks[l.name].statements
		l.share = shares(l.product.rates, l.limit.rates)
		l.cpuShare = cost(l.limit) / cost(l.product)
		if len(lanes) > 2 {
			l.peer = lanes[2]
		}
		if l.peer != nil && !l.peer.failed {
			l.peerShare = shares(l.peer.rates, l.limit.rates[:len(l.peer.rates)])
		}
		if r.from != nil {
			l.limitGrowth = cost(l.limit) / cost(r.from.lanes[i][0])
			l.growth = cost(l.product) / cost(r.from.lanes[i][1])
		}
		out = append(out, l)
	}
	return out
}

// cost is what a request costs, server and database, in microseconds.
func cost(l *lane) float64 {
	server, db := l.perRequest()
	return micros(server + db)
}

// shares compares slices that ran beside each other, and gives quartiles.
func shares(of, to []float64) [3]float64 {
	var all []float64
	for i := range of {
		all = append(all, of[i]/to[i])
	}
	slices.Sort(all)
	at := func(q float64) float64 { return all[int(q*float64(len(all)-1)+0.5)] }
	return [3]float64{at(0.25), at(0.5), at(0.75)}
}

func mean(lines []line, of func(line) float64) float64 {
	sum := 0.0
	for _, l := range lines {
		sum += math.Log(of(l))
	}
	return math.Exp(sum / float64(len(lines)))
}

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

func percentile(all []time.Duration, q float64) float64 {
	sorted := slices.Sorted(slices.Values(all))
	return float64(sorted[int(q*float64(len(sorted)-1))]) / float64(time.Millisecond)
}

// missed lists the goals that aren't met.
func (r *report) missed() []string {
	lines := r.lines()
	var out []string
	miss := func(is bool, format string, args ...any) {
		if is {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	share := func(l line) float64 { return l.share[1] }
	byCPU := func(l line) float64 { return l.cpuShare }
	m, c := mean(lines, share), mean(lines, byCPU)
	miss(m < meanShare, "throughput is %.2f of the limit, not %.2f", m, meanShare)
	miss(c < meanShare, "processor time is %.2f of the limit, not %.2f", c, meanShare)
	for _, l := range lines {
		miss(l.share[1] < leastShare, "%s has %.2f of the limit's throughput, not %.2f", l.name, l.share[1], leastShare)
		miss(l.cpuShare < leastShare, "%s has %.2f of the limit by processor time, not %.2f", l.name, l.cpuShare, leastShare)
		miss(l.statements != 1, "%s takes %d statements for one root field", l.name, l.statements)
		if r.from != nil {
			miss(l.growth > mostGrowth*l.limitGrowth, "%s grows %.2f times from %s to %s, the limit %.2f times", l.name, l.growth, r.small, r.size, l.limitGrowth)
		}
	}
	memory := r.at.memory["product"]
	miss(memory > mostMemory, "the server held %d MiB, more than %d", memory>>20, mostMemory>>20)
	return out
}

func (r *report) write() string {
	var b strings.Builder
	lines := r.lines()
	fmt.Fprintf(&b, "# What the server costs\n\n%s\n\n", r.about())
	b.WriteString("| operation | limit, requests/s | share of it: median (quartiles) | by processor time | server + database, µs a request | the limit's | database hits, the limit's | p50, p95 of one client, ms | the limit's |")
	if r.from != nil {
		b.WriteString(" growth | the limit's |")
	}
	b.WriteString(" peer's share |\n|" + strings.Repeat(" --- |", strings.Count(b.String()[strings.LastIndex(b.String(), "| operation"):], "|")-1) + "\n")
	for _, l := range lines {
		r.writeLine(&b, l)
	}
	fmt.Fprintf(&b, "| **geometric mean** | | **%.2f** | **%.2f** | | | | | |", mean(lines, func(l line) float64 { return l.share[1] }), mean(lines, func(l line) float64 { return l.cpuShare }))
	if r.from != nil {
		fmt.Fprintf(&b, " %.2f | %.2f |", mean(lines, func(l line) float64 { return l.growth }), mean(lines, func(l line) float64 { return l.limitGrowth }))
	}
	b.WriteString(" |\n")
	fmt.Fprintf(&b, "\nMost memory held: the server %d MiB, the limit %d MiB", r.at.memory["product"]>>20, r.at.memory["limit"]>>20)
	if m, has := r.at.memory["peer"]; has {
		fmt.Fprintf(&b, ", the peer %d MiB", m>>20)
	}
	b.WriteString(".\n\n")
	if r.at.memory["peer"] > 0 {
		b.WriteString(peerNote)
	}
	for _, l := range lines {
		fmt.Fprintf(&b, "- **%s**: %s. %d of %d compared answers held something.\n", l.name, l.product.op.About, r.at.checks[l.name].full, r.at.checks[l.name].answers)
	}
	return b.String()
}

func (r *report) writeLine(b *strings.Builder, l line) {
	quartiles := func(s [3]float64) string { return fmt.Sprintf("%.2f (%.2f–%.2f)", s[1], s[0], s[2]) }
	times := func(l *lane) string {
		server, db := l.perRequest()
		return fmt.Sprintf("%.0f + %.0f", micros(server), micros(db))
	}
	latency := func(l *lane) string {
		return fmt.Sprintf("%.1f, %.1f", percentile(l.latencies, 0.5), percentile(l.latencies, 0.95))
	}
	rates := slices.Sorted(slices.Values(l.limit.rates))
	fmt.Fprintf(b, "| %s | %.0f | %s | %.2f | %s | %s | %d, %d | %s | %s |", l.name, rates[len(rates)/2], quartiles(l.share), l.cpuShare,
		times(l.product), times(l.limit), r.at.checks[l.name].hits, r.at.checks[l.name].byHand, latency(l.product), latency(l.limit))
	if r.from != nil {
		fmt.Fprintf(b, " %.2f | %.2f |", l.growth, l.limitGrowth)
	}
	switch {
	case l.peer == nil:
		b.WriteString(" can't say it |\n")
	case l.peer.failed:
		b.WriteString(" fails |\n")
	default:
		fmt.Fprintf(b, " %s |\n", quartiles(l.peerShare))
	}
}
