package registration

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Content is what a registration says of a practice base. The names of its fields are those of the API's inputs and of
// the columns of spreadsheets; what each may hold is said by Fields. What nobody stated is absent: an empty text, an
// empty list, a nil number.
type Content struct {
	Identity   Identity   `json:"identity,omitzero"`
	Host       Host       `json:"host,omitzero"`
	Serves     Serves     `json:"serves,omitzero"`
	People     People     `json:"people,omitzero"`
	Conditions Conditions `json:"conditions,omitzero"`
	Agreement  Agreement  `json:"agreement,omitzero"`
	Insurance  Insurance  `json:"insurance,omitzero"`
	Evidence   Evidence   `json:"evidence,omitzero"`
}

// Identity says what the base is and where.
type Identity struct {
	Name     string   `json:"name,omitempty"`
	NameZh   string   `json:"nameZh,omitempty"`
	Aliases  []string `json:"aliases,omitempty"`
	Level    string   `json:"level,omitempty"` // of the enum BaseLevel
	Place    string   `json:"place,omitempty"` // id
	Address  string   `json:"address,omitempty"`
	Position Position `json:"position,omitzero"`
}

// Position is a point on the globe, WGS 84, in degrees.
type Position struct {
	Latitude  *float64 `json:"latitude,omitempty"`
	Longitude *float64 `json:"longitude,omitempty"`
}

// Host is the one organisation that hosts the base.
type Host struct {
	Organization string `json:"organization,omitempty"` // id
	CreditCode   string `json:"creditCode,omitempty"`
	Headcount    *int   `json:"headcount,omitempty"` // employees on post
}

// Serves says whom the base serves, and with what.
type Serves struct {
	Organizations []string  `json:"organizations,omitempty"` // ids
	Lead          string    `json:"lead,omitempty"`          // id, one of them
	Disciplines   []Offered `json:"disciplines,omitempty"`
}

// Offered is a discipline in which the base has places.
type Offered struct {
	Discipline string `json:"discipline,omitempty"` // id
	Places     *int   `json:"places,omitempty"`     // a year
	Posts      []Post `json:"posts,omitempty"`
	MinWeeks   *int   `json:"minWeeks,omitempty"`
	MaxWeeks   *int   `json:"maxWeeks,omitempty"`
}

// Post is a kind of work that students do beside employees.
type Post struct {
	Name      string `json:"name,omitempty"`
	Headcount *int   `json:"headcount,omitempty"` // employees on it
	Places    *int   `json:"places,omitempty"`    // of the discipline's, on this post; all of them where there is one post
}

// People are those who answer for the base and look after students.
type People struct {
	Host    Side     `json:"host,omitzero"`
	School  Side     `json:"school,omitzero"`
	Mentors []Mentor `json:"mentors,omitempty"`
}

// Side is who is responsible on one side, and whom to call.
type Side struct {
	Responsible Person `json:"responsible,omitzero"`
	Contact     Person `json:"contact,omitzero"`
}

// Person is somebody, and how to reach them.
type Person struct {
	Name  string `json:"name,omitempty"`
	Title string `json:"title,omitempty"`
	Phone string `json:"phone,omitempty"`
	Email string `json:"email,omitempty"`
}

// Mentor is somebody who guides students.
type Mentor struct {
	Side  string `json:"side,omitempty"` // HOST or SCHOOL
	Name  string `json:"name,omitempty"`
	Title string `json:"title,omitempty"`
}

// Conditions are those under which students work.
type Conditions struct {
	Lodging        string   `json:"lodging,omitempty"`
	Meals          string   `json:"meals,omitempty"`
	Pay            string   `json:"pay,omitempty"`
	HoursPerDay    *int     `json:"hoursPerDay,omitempty"`
	HoursPerWeek   *int     `json:"hoursPerWeek,omitempty"`
	NightWork      *bool    `json:"nightWork,omitempty"`
	Hazards        []string `json:"hazards,omitempty"`
	Minors         *bool    `json:"minors,omitempty"` // whether students under age are taken
	SafetyTraining string   `json:"safetyTraining,omitempty"`
	EmergencyPlan  string   `json:"emergencyPlan,omitempty"`
}

// Agreement is what the base rests on.
type Agreement struct {
	Kind       string              `json:"kind,omitempty"` // of the enum AgreementKind
	Number     string              `json:"number,omitempty"`
	Parties    []string            `json:"parties,omitempty"` // ids
	SignedOn   network.PartialDate `json:"signedOn,omitempty"`
	ValidFrom  network.PartialDate `json:"validFrom,omitempty"`
	ValidUntil network.PartialDate `json:"validUntil,omitempty"`
	FileHash   string              `json:"fileHash,omitempty"`
	ThreeParty *bool               `json:"threeParty,omitempty"` // whether school, host and each student on post sign one of three parties
}

// Insurance covers the students.
type Insurance struct {
	Payer      string              `json:"payer,omitempty"`
	Policy     string              `json:"policy,omitempty"` // its number
	CoverFrom  network.PartialDate `json:"coverFrom,omitempty"`
	CoverUntil network.PartialDate `json:"coverUntil,omitempty"`
}

// Evidence is what the registration stands on.
type Evidence struct {
	Inspection Inspection `json:"inspection,omitzero"`
	Sources    []string   `json:"sources,omitempty"` // ids
}

// Inspection is the report of a visit to the site.
type Inspection struct {
	Date      network.PartialDate `json:"date,omitempty"`
	Inspector string              `json:"inspector,omitempty"`
	Findings  string              `json:"findings,omitempty"`
}

// Parties lists who must approve the content, in the order of ids: the host and each organisation that is served.
func (c Content) Parties() []string {
	var out []string
	for _, id := range append([]string{c.Host.Organization}, c.Serves.Organizations...) {
		if id != "" {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Begins is the first day on which the agreement is in force; an absent one is open, as of every fact.
func (a Agreement) Begins() network.Day {
	if a.ValidFrom == "" {
		return network.Always
	}
	return a.ValidFrom.Earliest()
}

// Ends is the first day on which it is in force no more, as of every fact that has an end.
func (a Agreement) Ends() network.Day {
	if a.ValidUntil == "" {
		return network.Forever
	}
	return a.ValidUntil.Latest()
}

// InForce tells whether the agreement is in force on a day.
func (a Agreement) InForce(day network.Day) bool {
	return !day.Before(a.Begins().Time) && day.Before(a.Ends().Time)
}

// Mentions lists every id that the content names, each once and in order.
func (c Content) Mentions() []string {
	out := slices.Concat(c.Parties(), c.Agreement.Parties, c.Evidence.Sources, []string{c.Identity.Place})
	for _, o := range c.Serves.Disciplines {
		out = append(out, o.Discipline)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(id string) bool { return id == "" })
}
