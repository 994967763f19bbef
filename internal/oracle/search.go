package oracle

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/partnergraph/partnergraph/internal/names"
)

// hit is the form of a thing's name that fits a text best.
type hit struct {
	score         float64
	matched, kind string
}

// search finds the things that hold on the day and whose names match a text: each word begins a word of the names, or
// of their pinyin; each Chinese character is in them.
func (x *execution) search(args arguments) []row {
	q := names.ParseQuery(args.text("query"))
	types := args.texts("types")
	var out []row
	for _, t := range x.Network.things {
		if t.nameless || !x.thingHolds(t) || len(types) > 0 && !slices.Contains(types, t.of.Name) {
			continue
		}
		forms := names.Forms(t.name(), text(t.properties, "nameZh"), texts(t.properties, "aliases"))
		if !covers(strings.Fields(names.IndexText(forms)), q.Words) {
			continue
		}
		if h := bestOf(forms, q); h != nil {
			out = append(out, row{node: t, hit: h})
		}
	}
	return out
}

func covers(held, words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(held, func(h string) bool { return h == w || !isHan(w) && strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}

func isHan(word string) bool {
	for _, r := range word {
		return unicode.Is(unicode.Han, r)
	}
	return false
}

// bestOf chooses the form that fits best; nil when none fits.
func bestOf(forms []names.Form, q names.Query) *hit {
	var hits []hit
	for _, f := range forms {
		if h := fit(f, q); h.score > 0 {
			hits = append(hits, h)
		}
	}
	if len(hits) == 0 {
		return nil
	}
	best := slices.MinFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), compareTexts(a.kind, b.kind), compareTexts(a.matched, b.matched))
	})
	return &best
}

var weights = map[names.Kind]float64{names.Alias: 0.98, names.Abbreviation: 0.9, names.Pinyin: 0.85, names.Initials: 0.8}

// fit is how well one form fits: the whole of it, its beginning, one of its words, a part, its characters with others
// between, all its words. Initials and abbreviations are met from their beginning or not at all.
func fit(f names.Form, q names.Query) hit {
	text := q.Folded
	short := f.Kind == names.Initials || f.Kind == names.Abbreviation
	if f.Kind == names.Pinyin || f.Kind == names.Initials {
		text = q.Joined
	}
	weight, known := weights[f.Kind]
	if !known {
		weight = 1
	}
	scattered := q.Scattered != "" && regexp.MustCompile("^(?:"+q.Scattered+")$").MatchString(f.Folded)
	out := hit{matched: f.Text, kind: string(f.Kind)}
	if scattered && !strings.Contains(f.Folded, text) {
		out.kind = string(names.Abbreviation)
	}
	switch {
	case f.Folded == text:
		out.score = weight * 1
	case strings.HasPrefix(f.Folded, text):
		out.score = weight * 0.9
	case short:
		out.score = 0
	case strings.Contains(" "+f.Folded, " "+text):
		out.score = weight * 0.8
	case strings.Contains(f.Folded, text):
		out.score = weight * 0.7
	case scattered:
		out.score = weight * 0.6
	case !slices.ContainsFunc(q.Words, func(w string) bool { return !strings.Contains(f.Folded, w) }):
		out.score = weight * 0.5
	}
	if out.score > 0 && f.Folded != text { // of two forms that fit alike, the shorter one
		longer := 0.0005 * float64(min(utf8.RuneCountInString(f.Folded), 100))
		out.score = math.Round((out.score-longer)*1e4) / 1e4
	}
	return out
}
