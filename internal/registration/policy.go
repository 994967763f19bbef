package registration

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Rule is a rule of policy, as it stands in a file that people edit.
type Rule struct {
	Code     string         `yaml:"code"`
	Text     string         `yaml:"text"`
	TextZh   string         `yaml:"textZh"`
	Binds    []string       `yaml:"binds"` // kinds of universities; none: all
	Severity Severity       `yaml:"severity"`
	Concerns []Concern      `yaml:"concerns"`
	Numbers  map[string]int `yaml:"numbers"`
	Source   RuleSource     `yaml:"source"`
}

// RuleSource is the document that a rule comes from.
type RuleSource struct {
	Title   string `yaml:"title"`
	TitleZh string `yaml:"titleZh"`
	URL     string `yaml:"url"`
}

// Severity says what a broken rule does.
type Severity string

// The severities: what is warned of may be approved with a recorded reason, what is blocked may not.
const (
	Warn  Severity = "WARN"
	Block Severity = "BLOCK"
)

// Concern is what a rule is about.
type Concern string

// What rules concern.
const (
	OfBase      Concern = "BASE"
	OfPlacement Concern = "PLACEMENT"
)

//go:embed policies.yaml
var policies []byte

// Policies are the rules of this program.
var Policies = func() []Rule {
	rules, err := ParseRules(policies)
	if err != nil {
		panic(err)
	}
	return rules
}()

// ParseRules reads rules of policy. Each must be one that this program can judge, with the numbers it needs.
func ParseRules(file []byte) ([]Rule, error) {
	d := yaml.NewDecoder(bytes.NewReader(file))
	d.KnownFields(true)
	var rules []Rule
	if err := d.Decode(&rules); err != nil {
		return nil, fmt.Errorf("the rules of policy: %w", err)
	}
	for i, r := range rules {
		m, known := measures[r.Code]
		needs := slices.Sorted(slices.Values(m.needs))
		switch {
		case !known:
			return nil, fmt.Errorf("rule of policy %d: %q is no rule that is judged: there are %s", i+1, r.Code, strings.Join(sorted(measures), ", "))
		case slices.ContainsFunc(rules[:i], func(o Rule) bool { return o.Code == r.Code }):
			return nil, fmt.Errorf("rule of policy %s stands there twice", r.Code)
		case r.Severity != Warn && r.Severity != Block:
			return nil, fmt.Errorf("rule of policy %s: severity is %q: write WARN or BLOCK", r.Code, r.Severity)
		case len(r.Concerns) == 0 || slices.ContainsFunc(r.Concerns, func(c Concern) bool { return c != OfBase && c != OfPlacement }):
			return nil, fmt.Errorf("rule of policy %s: concerns is %v: write BASE, PLACEMENT or both", r.Code, r.Concerns)
		case !slices.Equal(sorted(r.Numbers), needs):
			return nil, fmt.Errorf("rule of policy %s: its numbers are %v: write %v", r.Code, sorted(r.Numbers), needs)
		case r.Text == "" || r.TextZh == "" || r.Source.Title == "" || r.Source.TitleZh == "":
			return nil, fmt.Errorf("rule of policy %s: write its text and the title of its source, both in English and Chinese", r.Code)
		}
		for name, n := range r.Numbers {
			rules[i].Text = strings.ReplaceAll(rules[i].Text, "{"+name+"}", strconv.Itoa(n))
			rules[i].TextZh = strings.ReplaceAll(rules[i].TextZh, "{"+name+"}", strconv.Itoa(n))
		}
	}
	return rules, nil
}

// binding tells whether the rule binds students of universities of these kinds. Of whom nobody knows the kind it binds.
func (r Rule) binding(kinds []string) bool {
	return len(r.Binds) == 0 || len(kinds) == 0 || slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(r.Binds, k) })
}
