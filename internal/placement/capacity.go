package placement

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// Full is a day on which a base has no place for one more.
type Full struct {
	On         network.Day
	Discipline string // in which there is none; "" for all together
	Places     int
	Taken      int
	Next       network.Day // the first day after it on which one is free; network.Forever if none is known
}

func (f Full) problem() Problem {
	free := max(f.Places-f.Taken, 0)
	in := registration.Wording{}
	if f.Discipline != "" {
		in = say(" in %s", "%s 专业", f.Discipline)
	}
	next := registration.Wording{En: "no later day is known on which one is", Zh: "尚无可用日期"}
	if f.Next != network.Forever {
		next = say("from %s on one is", "自 %s 起有空余", f.Next)
	}
	return registration.NewProblem(NoCapacity, []string{"content", "from"}, say("%d of %d places%s are free on %s; %s: choose other days or another base", "%[4]s %[3]s共 %[2]d 个名额，剩余 %[1]d 个；%[5]s：请选择其他日期或基地", free, f.Places, in, f.On, next))
}

// full finds the first day of a span on which the base has no place for one more student of what they study, the rule
// being that of PracticeBase.capacity: the places that the base states, or else all that it offers, against all
// placements; and in each discipline what it offers against the placements of students who study it. Of what no figure is
// known there is always room. The placement with an id isn't counted.
func (b Base) full(but string, studies []Studied, s Span) *Full {
	days := b.turns(s.From)
	for _, day := range days {
		if !s.Has(day) {
			continue
		}
		f := b.fullOn(but, studies, s, day)
		if f == nil {
			continue
		}
		f.Next = network.Forever
		for _, d := range days {
			if d.After(day.Time) && b.fullOn(but, studies, s, d) == nil {
				f.Next = d
				break
			}
		}
		return f
	}
	return nil
}

// turns are a day and those after it on which something begins or ends, in order: what is free changes on no others.
func (b Base) turns(first network.Day) []network.Day {
	out := []network.Day{first}
	add := func(s Span) {
		for _, d := range []network.Day{s.From, s.Until} {
			if d.After(first.Time) && d.Before(network.Forever.Time) {
				out = append(out, d)
			}
		}
	}
	for _, o := range b.Offers {
		add(o.Span)
	}
	for _, p := range b.Taken {
		add(p.Span)
		for _, d := range p.Studies {
			add(d.Span)
		}
	}
	slices.SortFunc(out, func(a, b network.Day) int { return a.Compare(b.Time) })
	return slices.Compact(out)
}

// fullOn tells whether there is no place on a day; the figures that count are those of offers within a span.
func (b Base) fullOn(but string, studies []Studied, s Span, day network.Day) *Full {
	if places, known := b.places("", s, day); known {
		if taken := b.taken(but, "", day); taken >= places {
			return &Full{On: day, Places: places, Taken: taken}
		}
	}
	for _, d := range studies {
		if !d.Has(day) {
			continue
		}
		if places, known := b.places(d.Discipline, s, day); known {
			if taken := b.taken(but, d.Discipline, day); taken >= places {
				return &Full{On: day, Discipline: d.Discipline, Places: places, Taken: taken}
			}
		}
	}
	return nil
}

// places is how many places there are on a day, in a discipline or, for "", in all together.
func (b Base) places(discipline string, s Span, day network.Day) (n int, known bool) {
	if discipline == "" && b.Places != nil {
		return *b.Places, true
	}
	for _, o := range b.Offers {
		if o.Places == nil || discipline != "" && o.Discipline != discipline {
			continue
		}
		known = known || !o.and(s).empty()
		if o.Has(day) {
			n += *o.Places
		}
	}
	return n, known
}

// taken is how many placements there are on a day, all or those of students of a discipline.
func (b Base) taken(but, discipline string, day network.Day) (n int) {
	for _, p := range b.Taken {
		if p.ID == but || !p.Has(day) {
			continue
		}
		if discipline == "" || slices.ContainsFunc(p.Studies, func(d Studied) bool { return d.Discipline == discipline && d.Has(day) }) {
			n++
		}
	}
	return n
}

// most is the largest number of placements on a day of a span, all or those on a post.
func (b Base) most(but, post string, s Span) (most int) {
	for _, day := range b.turns(s.From) {
		if !s.Has(day) {
			continue
		}
		n := 0
		for _, p := range b.Taken {
			if p.ID != but && p.Has(day) && (post == "" || p.Post == post) {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}
