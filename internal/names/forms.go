package names

import (
	"strings"
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
	args := pinyin.NewArgs()
	args.Heteronym = true
	out := [][]string{nil}
	for _, r := range name {
		if !isHan(r) {
			continue
		}
		var ways []string
		for _, w := range pinyin.SinglePinyin(r, args) {
			if len(ways) == 0 || len(out)*(len(ways)+1) <= readings {
				ways = appendNew(ways, w)
			}
		}
		if len(ways) == 0 {
			continue
		}
		var next [][]string
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

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
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
			syllables := strings.Fields(f.Text)
			for i := range syllables {
				add(strings.Join(syllables[i:], ""))
			}
			continue
		}
		for _, t := range tokens(f.Folded) {
			add(t)
		}
	}
	return strings.Join(out, " ")
}
