package placement

import (
	"encoding/json"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// Content is what is said of a placement; what nobody stated is absent.
type Content struct {
	From         network.PartialDate `json:"from,omitempty"`  // its first day
	Until        network.PartialDate `json:"until,omitempty"` // the day on which it is over
	HoursPerWeek *int                `json:"hoursPerWeek,omitempty"`
	HoursPerDay  *int                `json:"hoursPerDay,omitempty"`
	NightWork    *bool               `json:"nightWork,omitempty"`
	Post         string              `json:"post,omitempty"`       // of those of the base, for work beside employees
	ThreeParty   *bool               `json:"threeParty,omitempty"` // school, host and student have signed an agreement
	Minor        *bool               `json:"minor,omitempty"`      // the student is under age on the first day
	CoverFrom    network.PartialDate `json:"coverFrom,omitempty"`  // of an insurance of its own
	CoverUntil   network.PartialDate `json:"coverUntil,omitempty"`
}

// Fields is every field of a Content.
var Fields = registration.Field{Kind: registration.Object, Required: true, Fields: []registration.Field{
	{Name: "from", Kind: registration.Date, Required: true, Label: "First day", LabelZh: "开始日期"},
	{Name: "until", Kind: registration.Date, Required: true, Label: "Day on which it is over", LabelZh: "结束日期（当日不含）"},
	{Name: "hoursPerWeek", Kind: registration.Whole, Least: 1, Most: 168, Label: "Working hours a week", LabelZh: "每周工时"},
	{Name: "hoursPerDay", Kind: registration.Whole, Least: 1, Most: 24, Label: "Working hours a day", LabelZh: "每日工时"},
	{Name: "nightWork", Kind: registration.YesNo, Label: "Night work", LabelZh: "夜班"},
	{Name: "post", Kind: registration.Text, Most: short, Label: "Post", LabelZh: "岗位"},
	{Name: "threeParty", Kind: registration.YesNo, Label: "Agreement of three parties signed", LabelZh: "已签订三方协议"},
	{Name: "minor", Kind: registration.YesNo, Label: "Under age", LabelZh: "未成年"},
	{Name: "coverFrom", Kind: registration.Date, Label: "Insured from", LabelZh: "保险起始日期"},
	{Name: "coverUntil", Kind: registration.Date, Label: "Insured until", LabelZh: "保险截止日期"},
}}

var under = []string{"content"}

// Read lays what is given over a content: what is absent stays, null clears.
func Read(was Content, given map[string]any) (Content, []Problem) {
	all := was.tree()
	for name, v := range given {
		all[name] = v
	}
	read, problems := Fields.Read(all, under)
	if len(problems) > 0 {
		return was, problems
	}
	b, err := json.Marshal(read)
	if err != nil {
		panic(err) // it came from JSON
	}
	var now Content
	if err := json.Unmarshal(b, &now); err != nil {
		panic(err) // a test compares Fields with the type
	}
	problems = append(Fields.Lacks(read, under), across(now)...)
	for _, name := range []string{"from", "until"} {
		if s, _ := given[name].(string); s != "" && len(problems) == 0 {
			problems = append(problems, wholeDay(s, registration.At(under, name))...)
		}
	}
	return now, problems
}

func wholeDay(s string, path []string) []Problem {
	if _, err := network.ParseDay(s); err != nil {
		return one(registration.BadFormat, path, say("%s is no day: write it as 2026-09-01, because places are counted by the day", "%s 不是具体日期：请写作 2026-09-01，名额按日计算", registration.Shown(s)))
	}
	return nil
}

func (c Content) tree() map[string]any {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	out := map[string]any{}
	if err := json.Unmarshal(b, &out); err != nil {
		panic(err)
	}
	return out
}

// across holds the rules that join fields.
func across(c Content) []Problem {
	var out []Problem
	if s := c.Span(); c.From != "" && c.Until != "" && !s.From.Before(s.Until.Time) {
		out = one(registration.OutOfOrder, registration.At(under, "until"), say("it is over on %s and begins on %s: give a later day", "结束日期 %s 不晚于开始日期 %s：请填写更晚的日期", c.Until, c.From))
	}
	if c.CoverFrom != "" && c.CoverUntil != "" && c.CoverFrom.Earliest().After(c.CoverUntil.Latest().Time) {
		out = append(out, one(registration.OutOfOrder, registration.At(under, "coverUntil"), say("insured until %s, before %s: give a later day", "保险截止日期 %s 早于起始日期 %s：请填写更晚的日期", c.CoverUntil, c.CoverFrom))...)
	}
	if day, week := c.HoursPerDay, c.HoursPerWeek; day != nil && week != nil && (*day > *week || *week > 7**day) {
		out = append(out, one(registration.OutOfOrder, registration.At(under, "hoursPerWeek"), say("%d hours a week do not fit %d hours a day: give from %d to %d", "每周 %d 小时与每日 %d 小时不符：应为 %d 至 %d 小时", *week, *day, *day, 7**day))...)
	}
	return out
}

// Span is a number of days, from the first until before another.
type Span struct{ From, Until network.Day }

// Span is when the placement takes a place. One of which no day is known takes it always.
func (c Content) Span() Span {
	out := Span{network.Always, network.Forever}
	if c.From != "" {
		out.From = c.From.Earliest()
	}
	if c.Until != "" {
		out.Until = c.Until.Latest()
	}
	return out
}

// Has tells whether a day is in the span.
func (s Span) Has(d network.Day) bool { return !d.Before(s.From.Time) && d.Before(s.Until.Time) }

// empty tells whether no day is in it.
func (s Span) empty() bool { return !s.From.Before(s.Until.Time) }

// and is what two spans have in common.
func (s Span) and(o Span) Span { return Span{later(s.From, o.From), earlier(s.Until, o.Until)} }

// beyond are the days of a span that another doesn't have.
func (s Span) beyond(o Span) []Span {
	var out []Span
	for _, part := range []Span{{s.From, earlier(s.Until, o.From)}, {later(s.From, o.Until), s.Until}} {
		if !part.empty() {
			out = append(out, part)
		}
	}
	return out
}

func later(a, b network.Day) network.Day {
	if b.After(a.Time) {
		return b
	}
	return a
}

func earlier(a, b network.Day) network.Day {
	if b.Before(a.Time) {
		return b
	}
	return a
}
