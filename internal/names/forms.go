package names

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// Kind says what a form is; the values are those of the enum NameKind.
type Kind string

// The kinds of forms.
const (
	Name         Kind = "NAME"
	NameZh       Kind = "NAME_ZH"
	Alias        Kind = "ALIAS"
	Abbreviation Kind = "ABBREVIATION"
	Pinyin       Kind = "PINYIN"
	Initials     Kind = "INITIALS"
)

// Form is one way to write a name.
type Form struct {
	Kind   Kind
	Text   string // as people write it
	Folded string
}

// readings bounds the spellings of a name whose characters are read in several ways.
const readings = 8

// Forms lists every way to write the names of a thing, without repetition.
func Forms(name, nameZh string, aliases []string) []Form {
	var out []Form
	seen := map[string]bool{}
	add := func(kind Kind, text, folded string) {
		if folded != "" && !seen[folded] {
			seen[folded] = true
			out = append(out, Form{kind, text, folded})
		}
	}
	add(Name, name, Fold(name))
	add(NameZh, nameZh, Fold(nameZh))
	for _, a := range aliases {
		add(Alias, a, Fold(a))
	}
	for _, n := range append([]string{name}, aliases...) {
		short := capitals(n)
		add(Abbreviation, short, Fold(short))
	}
	for _, n := range append([]string{nameZh, name}, aliases...) {
		if !hasHan(n) {
			continue
		}
		for _, syllables := range spellings(n) {
			full := strings.Join(syllables, "")
			add(Pinyin, strings.Join(syllables, " "), full)
			var first strings.Builder
			for _, s := range syllables {
				first.WriteByte(s[0])
			}
			add(Initials, first.String(), first.String())
		}
	}
	return out
}

// capitals abbreviates an English name by the first letters of its capitalised words: NPU. It is empty when there are
// fewer than two.
func capitals(name string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		if r := []rune(w)[0]; unicode.IsUpper(r) {
			b.WriteRune(r)
		}
	}
	if b.Len() < 2 {
		return ""
	}
	return b.String()
}

// spellings reads the Chinese characters of a name in pinyin, without tones. A character that is read in several ways
// (重: zhong, chong) gives a spelling for each, up to readings.
func spellings(name string) [][]string {
	out := [][]string{nil}
	for _, r := range name {
		ways := readingsOf(r)
		if len(ways) == 0 {
			continue
		}
		ways = ways[:min(len(ways), max(1, readings/len(out)))]
		next := make([][]string, 0, len(out)*len(ways))
		for _, head := range out {
			for _, w := range ways {
				next = append(next, append(head[:len(head):len(head)], w))
			}
		}
		out = next
	}
	if len(out[0]) == 0 {
		return nil
	}
	return out
}

// known holds the readings of characters that were asked for: names are made of few characters, and each is looked up
// and freed of its tones slowly.
var known sync.Map

// readingsOf lists the readings of a character, the usual one first; none of what isn't Chinese.
func readingsOf(r rune) []string {
	if !isHan(r) {
		return nil
	}
	if ways, ok := known.Load(r); ok {
		return ways.([]string)
	}
	args := pinyin.NewArgs()
	args.Heteronym = true
	var ways []string
	for _, w := range pinyin.SinglePinyin(r, args) {
		if !slices.Contains(ways, w) {
			ways = append(ways, w)
		}
	}
	known.Store(r, ways)
	return ways
}

// IndexText is what the full-text index holds of the forms: words, single Chinese characters, and pinyin from each of
// its syllables on, separated by spaces.
func IndexText(forms []Form) string {
	seen := map[string]bool{}
	var out []string
	add := func(t string) {
		if t != "" && !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	for _, f := range forms {
		if f.Kind == Pinyin {
			rest := f.Folded
			for _, syllable := range strings.Fields(f.Text) {
				add(rest)
				rest = rest[len(syllable):]
			}
			continue
		}
		for _, t := range tokens(f.Folded) {
			add(t)
		}
	}
	return strings.Join(out, " ")
}
