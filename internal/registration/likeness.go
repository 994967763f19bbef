package registration

import (
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/names"
)

// Candidate is a thing that may be registered already: a base or an organisation.
type Candidate struct {
	ID         string
	CreditCode string   // its own; a base has none
	Names      []string // in either language, other names included
	Address    string
	Host       string // of a base, the id of its host
}

// CandidateOf is a base as its content describes it.
func CandidateOf(id string, c Content) Candidate {
	all := append([]string{c.Identity.Name, c.Identity.NameZh}, c.Identity.Aliases...)
	return Candidate{
		ID: id, Address: c.Identity.Address, Host: c.Host.Organization,
		Names: slices.DeleteFunc(all, func(n string) bool { return n == "" }),
	}
}

// Likeness is how much two candidates are alike, from 0 to 1, and in which fields they agree.
type Likeness struct {
	Score  float64
	Agrees []string // creditCode, name, address, host
}

// What each field weighs, how alike two texts are that agree, and from which score on a person should look.
const (
	weighsName    = 6
	weighsAddress = 2
	weighsHost    = 2
	agreeing      = 0.8
	Likely        = 0.75
)

// Like compares two candidates in the fields that both have. The credit code decides alone: each organisation has one.
func Like(a, b Candidate) Likeness {
	if a.CreditCode != "" && b.CreditCode != "" {
		if names.Fold(a.CreditCode) != names.Fold(b.CreditCode) {
			return Likeness{}
		}
		return Likeness{1, append([]string{"creditCode"}, compare(a, b).Agrees...)}
	}
	return compare(a, b)
}

func compare(a, b Candidate) Likeness {
	var out Likeness
	var sum, weight float64
	field := func(name string, weighs, alike float64) {
		sum, weight = sum+weighs*alike, weight+weighs
		if alike >= agreeing {
			out.Agrees = append(out.Agrees, name)
		}
	}
	if ours, theirs := essences(a.Names), essences(b.Names); len(ours) > 0 && len(theirs) > 0 {
		best := 0.0
		for _, x := range ours {
			for _, y := range theirs {
				best = max(best, alike(x, y))
			}
		}
		field("name", weighsName, best)
	}
	if x, y := joined(names.Fold(a.Address)), joined(names.Fold(b.Address)); x != "" && y != "" {
		field("address", weighsAddress, alike(x, y))
	}
	if a.Host != "" && b.Host != "" {
		same := 0.0
		if a.Host == b.Host {
			same = 1
		}
		field("host", weighsHost, same)
	}
	if weight > 0 {
		out.Score = sum / weight
	}
	return out
}

// alike is the share of neighbouring letters that two texts have in common (Sørensen and Dice).
func alike(a, b string) float64 {
	if a == b {
		return 1
	}
	x, y := pairs(a), pairs(b)
	total := len(x) + len(y)
	if total == 0 {
		return 0
	}
	count := map[[2]rune]int{}
	for _, p := range x {
		count[p]++
	}
	common := 0
	for _, p := range y {
		if count[p] > 0 {
			count[p]--
			common++
		}
	}
	return 2 * float64(common) / float64(total)
}

func pairs(s string) [][2]rune {
	r := []rune(s)
	var out [][2]rune
	for i := 1; i < len(r); i++ {
		out = append(out, [2]rune{r[i-1], r[i]})
	}
	return out
}

func joined(folded string) string { return strings.ReplaceAll(folded, " ", "") }

func essences(all []string) []string {
	var out []string
	for _, n := range all {
		if e := essence(n); e != "" {
			out = append(out, e)
		}
	}
	return out
}
