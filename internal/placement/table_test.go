package placement

import (
	"fmt"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/network"
)

// steps is all that people can do, as an office would write it down: where the placement stands, what is done, by whom,
// and where it stands then. Whatever is not here must be refused.
const steps = `
-         PLACE     school,admin       PLANNED

PLANNED   UPDATE    school,admin       PLANNED
PLANNED   START     school,host,admin  ACTIVE
PLANNED   EXTEND    school,admin       PLANNED
PLANNED   CANCEL    school,host,admin  CANCELLED

ACTIVE    UPDATE    school,admin       ACTIVE
ACTIVE    EXTEND    school,admin       ACTIVE
ACTIVE    COMPLETE  school,host,admin  COMPLETED
ACTIVE    CANCEL    school,host,admin  CANCELLED
`

var people = map[string]Role{"school": School, "host": Host, "admin": Admin, "stranger": 0}

func dayOf(s string) network.Day {
	d, err := network.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func number(n int) *int { return &n }

var (
	now     = dayOf("2026-11-21")
	covered = map[string]any{"from": "2026-11-01", "until": "2027-02-01", "hoursPerWeek": int64(40), "coverFrom": "2026-01-01", "coverUntil": "2028-01-01"}
)

// room is a base that takes a student of chemistry, and whom nobody else is at.
func room(places int) Around {
	always := Span{network.Always, network.Forever}
	return Around{
		ID: "plc_a",
		Base: Base{
			Status: "ACTIVE", Span: always, Serves: []Span{always},
			Offers: []Offer{{Discipline: "dis_chemistry", Places: number(places), Span: always}},
		},
		Student: Student{Studies: []Studied{{"dis_chemistry", always}}, Kinds: []string{"UNIVERSITY"}},
	}
}

// whatever is all that the actions ask for, as it would be right.
func whatever(a Action, f Facts) Details {
	d := Details{Version: f.Version, Code: "OTHER", Reason: "because", Until: "2027-03-01"}
	if a == Place || a == Update {
		d.Given = covered
	}
	return d
}

// standingAt is a placement where it stands.
func standingAt(s Status) Facts {
	if s == Absent {
		return Facts{}
	}
	c, problems := Read(Content{}, covered)
	if len(problems) > 0 {
		panic(fmt.Sprint(problems))
	}
	return Facts{Status: s, Version: 3, Content: c}
}

// TestTable tries every action everywhere, as everybody.
func TestTable(t *testing.T) {
	want := map[string]Status{}
	for l := range strings.SplitSeq(strings.TrimSpace(steps), "\n") {
		if w := strings.Fields(l); len(w) > 0 {
			for who := range strings.SplitSeq(w[2], ",") {
				want[strings.TrimPrefix(w[0], "-")+" "+w[1]+" "+who] = Status(w[3])
			}
		}
	}
	for _, s := range []Status{Absent, Planned, Active, Completed, Cancelled} {
		for _, a := range Actions {
			for who, role := range people {
				by, f := Actor{"somebody", role}, standingAt(s)
				after, refused := Apply(f, a, by, whatever(a, f), room(1), now)
				to, allowed := want[fmt.Sprint(s, " ", a, " ", who)]
				if allowed != (refused == nil) || allowed && after.Status != to {
					t.Errorf("%s, %s by %s: %s, %v", shows(s), a, who, after.Status, refused)
				}
				if refused != nil && (after.Version != f.Version || len(refused.Problems) == 0) {
					t.Errorf("%s, %s by %s: refused as %+v", shows(s), a, who, refused)
				}
				for _, p := range Permissions(by, f, room(1), now) {
					if p.Action == a && p.Allowed != allowed {
						t.Errorf("%s, %s by %s: allowed %v", shows(s), a, who, p.Allowed)
					}
				}
				if _, refused := Apply(f, a, Actor{Roles: role}, whatever(a, f), room(1), now); refused == nil {
					t.Errorf("%s, %s by nobody is done", shows(s), a)
				}
			}
		}
	}
}

// TestGuards tries what each guard refuses.
func TestGuards(t *testing.T) {
	with := func(name string, v any) map[string]any {
		out := map[string]any{}
		for k, was := range covered {
			out[k] = was
		}
		out[name] = v
		return out
	}
	shut, erased, unserved, other, full, own := room(1), room(1), room(1), room(1), room(1), room(1)
	shut.Base.Status = "SUSPENDED"
	erased.Student.Erased = true
	unserved.Base.Serves = []Span{{dayOf("2026-11-01"), dayOf("2026-12-01")}}
	other.Student.Studies = []Studied{{"dis_law", Span{network.Always, network.Forever}}}
	in := Span{dayOf("2026-12-24"), dayOf("2027-01-05")}
	full.Base.Taken = []Taken{{ID: "plc_b", Studies: full.Student.Studies, Span: in}}
	own.Base.Taken = []Taken{{ID: "plc_b", OfStudent: true, Span: in}}
	for _, c := range []struct {
		name   string
		status Status
		action Action
		change func(*Details)
		around Around
		want   string
	}{
		{"well", Absent, Place, func(*Details) {}, room(1), ""},
		{"no day", Absent, Place, func(d *Details) { d.Given = with("from", "2026-11") }, room(1), "BAD_FORMAT"},
		{"no end", Absent, Place, func(d *Details) { d.Given = with("until", nil) }, room(1), "REQUIRED"},
		{"backwards", Absent, Place, func(d *Details) { d.Given = with("until", "2026-11-01") }, room(1), "OUT_OF_ORDER"},
		{"hours", Absent, Place, func(d *Details) { d.Given = with("hoursPerDay", int64(2)) }, room(1), "OUT_OF_ORDER"},
		{"unknown", Absent, Place, func(d *Details) { d.Given = with("pay", "a lot") }, room(1), "UNKNOWN_FIELD"},
		{"shut", Absent, Place, func(*Details) {}, shut, "TAKES_NO_PLACEMENTS"},
		{"erased", Absent, Place, func(*Details) {}, erased, "ERASED"},
		{"not served in winter", Absent, Place, func(*Details) {}, unserved, "NOT_SERVED"},
		{"another discipline", Absent, Place, func(*Details) {}, other, "NOT_OFFERED"},
		{"full for a while", Absent, Place, func(*Details) {}, full, "NO_CAPACITY"},
		{"there already", Absent, Place, func(*Details) {}, own, "ALREADY_PLACED NO_CAPACITY"},
		{"too many hours", Absent, Place, func(d *Details) { d.Given = with("hoursPerWeek", int64(50)) }, room(1), "POLICY_BROKEN"},
		{"too many hours, let pass", Absent, Place, func(d *Details) {
			d.Given, d.Overrides = with("hoursPerWeek", int64(50)), map[string]string{"WORKING_HOURS": "agreed"}
		}, room(1), ""},
		{"let pass by no words", Absent, Place, func(d *Details) {
			d.Given, d.Overrides = with("hoursPerWeek", int64(50)), map[string]string{"WORKING_HOURS": " "}
		}, room(1), "POLICY_BROKEN"},
		{"an old version", Planned, Start, func(d *Details) { d.Version = 2 }, room(1), "VERSION_CONFLICT"},
		{"tomorrow", Planned, Start, func(d *Details) { d.On = "2026-11-22" }, room(1), "NOT_IN_TIME"},
		{"before it was free", Planned, Start, func(d *Details) { d.On = "2026-10-01" }, fullIn(Span{dayOf("2026-10-02"), dayOf("2026-10-03")}), "NO_CAPACITY"},
		{"other days under way", Active, Update, func(d *Details) { d.Given = with("until", "2027-03-01") }, room(1), "NOT_IN_TIME"},
		{"no longer", Planned, Extend, func(d *Details) { d.Until = "2027-02-01" }, room(1), "NOT_LATER"},
		{"longer than there is room", Planned, Extend, func(*Details) {}, fullIn(Span{dayOf("2027-02-27"), dayOf("2027-02-28")}), "NO_CAPACITY"},
		{"longer while full before", Planned, Extend, func(*Details) {}, fullIn(in), ""},
		{"ended later than agreed", Active, Complete, func(d *Details) { d.On = "2027-02-02" }, room(1), "NOT_IN_TIME"},
		{"ended before it began", Active, Complete, func(d *Details) { d.On = "2026-11-01" }, room(1), "NOT_IN_TIME"},
		{"no reason", Planned, Cancel, func(d *Details) { d.Code, d.Reason = "", " " }, room(1), "NO_REASON NO_REASON"},
	} {
		f := standingAt(c.status)
		d := whatever(c.action, f)
		c.change(&d)
		_, refused := Apply(f, c.action, Actor{"somebody", School}, d, c.around, now)
		var got []string
		if refused != nil {
			for _, p := range refused.Problems {
				got = append(got, string(p.Code))
				if p.Message == "" || p.MessageZh == "" || strings.Contains(p.Message+p.MessageZh, "%!") {
					t.Errorf("%s: it is said as %q, %q", c.name, p.Message, p.MessageZh)
				}
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, not %s", c.name, refused, c.want)
		}
	}
}

func fullIn(s Span) Around {
	out := room(1)
	out.Base.Taken = []Taken{{ID: "plc_b", Studies: out.Student.Studies, Span: s}}
	return out
}

// TestOverridesStay: a reason stays as long as the rule isn't met, and no longer.
func TestOverridesStay(t *testing.T) {
	hard := map[string]any{"from": "2026-12-01", "until": "2027-01-01", "hoursPerWeek": int64(50), "coverFrom": "2026", "coverUntil": "2027"}
	by := Actor{"somebody", School}
	f, refused := Apply(Facts{}, Place, by, Details{Given: hard, Overrides: map[string]string{"WORKING_HOURS": "agreed", "INSURANCE_COVERS": "not needed"}}, room(2), now)
	if refused != nil || len(f.Overrides) != 1 {
		t.Fatalf("%v, %v", f.Overrides, refused)
	}
	f, refused = Apply(f, Extend, by, Details{Version: 1, Until: "2027-02-01"}, room(2), now)
	if refused != nil || f.Overrides["WORKING_HOURS"] != "agreed" {
		t.Fatalf("%v, %v", f.Overrides, refused)
	}
	f, refused = Apply(f, Update, by, Details{Version: 2, Given: map[string]any{"hoursPerWeek": int64(40)}}, room(2), now)
	if refused != nil || len(f.Overrides) != 0 {
		t.Fatalf("%v, %v", f.Overrides, refused)
	}
}
