package synthetic

import (
	"strconv"

	"github.com/partnergraph/partnergraph/internal/network"
)

// term is from when to when an agreement is valid.
type term struct{ signed, from, until network.Day }

// baseTerm is the term of the agreement of a base. One of a closed base has ended; of those that hold, some end in the
// coming months.
func (g *generator) baseTerm(b int, f baseFacts) term {
	d := g.draw(ofTerm, b)
	t := term{from: f.opened}
	switch n := d.IntN(100); {
	case f.ended:
		t.until = f.closed
	case n < 12:
		t.until = after(Today, d.between(1, 180))
	case n < 16: // it has ended, and nobody closed the base
		t.until = after(Today, -d.between(1, 200))
	default:
		t.until = after(Today, d.between(181, 1800))
	}
	if span := int(t.until.Sub(t.from.Time).Hours() / 24); span > 2000 {
		t.from = after(t.until, -d.between(700, 1900)) // a renewal
	}
	t.signed = after(t.from, -d.between(0, 60))
	return t
}

// Agreements are numbered: one for each base, then those that came before the first of these, then others.
func (g *generator) agreement(a int) {
	switch {
	case a < g.n.bases:
		g.baseAgreement(a)
	case a < g.n.bases+g.n.renewals:
		g.earlierAgreement(a, a-g.n.bases)
	default:
		g.frame(a, a-g.n.bases-g.n.renewals)
	}
}

func (g *generator) agreementProps(d draw, kind string, t term) props {
	p := props{
		"kind": kind, "number": "SYN-" + strconv.Itoa(t.signed.Year()) + "-" + strconv.Itoa(d.between(10000, 99999)),
		"signedOn": d.stated(t.signed), "validFrom": t.from.String(), "validUntil": t.until.String(),
	}
	if d.chance(20) {
		p["fileHash"] = strconv.FormatUint(d.Uint64()|1<<63, 16) + strconv.FormatUint(d.Uint64()|1<<63, 16)
	}
	return p
}

func (g *generator) baseAgreement(b int) {
	d, f := g.draw(ofAgreement, b), g.factsOf(b)
	id, t := g.id("Agreement", b), g.baseTerm(b, f)
	school := g.universityFull(f.university)
	if f.host.kind == "University" {
		school = name{"its schools", "其各学院"}
	}
	if !f.open && f.status != "APPROVED" { // nothing binds yet
		p := props{"kind": "LETTER_OF_INTENT", "signedOn": d.stated(d.day(2024, 2026))}
		g.thing("Agreement", id, name{"Letter of intent of " + f.hostName.en + " with " + school.en, f.hostName.zh + "与" + school.zh + "合作意向书"}, g.told(d, p))
		g.bind(d, id, f)
		return
	}
	g.thing("Agreement", id, name{"Practice base agreement of " + f.hostName.en + " with " + school.en, f.hostName.zh + "与" + school.zh + "实习基地协议"}, g.told(d, g.agreementProps(d, "BASE", t)))
	g.bind(d, id, f)
	p := props{}
	if d.chance(50) {
		p["since"], p["until"] = t.from.String(), t.until.String()
	}
	g.tie("GOVERNED_BY", g.id("PracticeBase", b), id, g.told(d, p))
	if d.chance(5) {
		g.tie("SIGNED_AT", id, g.id("Event", d.IntN(g.n.events)), g.told(d, props{}))
	}
}

// bind ties an agreement to its parties.
func (g *generator) bind(d draw, id string, f baseFacts) {
	g.tie("PARTY_TO", g.id("University", f.university), id, g.told(d, props{"role": "PARTY"}))
	if f.host.kind != "University" {
		g.tie("PARTY_TO", g.id(f.host.kind, f.host.number), id, g.told(d, props{"role": "COUNTERPARTY"}))
	}
	if d.chance(25) {
		g.tie("PARTY_TO", g.id("School", f.school), id, g.told(d, props{"role": "PARTY"}))
	}
}

// earlierAgreement is what the agreement of a base, or its letter, continues.
func (g *generator) earlierAgreement(a, b int) {
	d, f := g.draw(ofAgreement, a), g.factsOf(b)
	id := g.id("Agreement", a)
	until := after(g.baseTerm(b, f).signed, -d.between(1, 90))
	from := after(until, -d.between(365, 1500))
	t := term{after(from, -d.between(0, 60)), from, until}
	school := g.universityFull(f.university)
	year := strconv.Itoa(t.signed.Year())
	g.thing("Agreement", id, name{"Cooperation agreement of " + f.hostName.en + " with " + school.en + ", " + year, f.hostName.zh + "与" + school.zh + year + "年合作协议"}, g.told(d, g.agreementProps(d, "COOPERATION", t)))
	g.bind(d, id, f)
	g.tie("FOLLOWS", g.id("Agreement", b), id, g.told(d, props{}))
	if f.open && d.chance(60) {
		g.tie("GOVERNED_BY", g.id("PracticeBase", b), id, g.told(d, props{"until": until.String()}))
	}
}

// frame is an agreement of universities, or the framework or declaration of an alliance.
func (g *generator) frame(a, k int) {
	d := g.draw(ofAgreement, a)
	id, al := g.id("Agreement", a), k%g.n.alliances
	from := d.day(2015, 2026)
	t := term{after(from, -d.between(0, 60)), from, after(from, d.between(700, 3000))}
	of, year := g.allianceName(al), strconv.Itoa(t.signed.Year())
	kind, en, zh := "FRAMEWORK", "Framework agreement of the ", "框架协议"
	switch k % 4 {
	case 1:
		kind, en, zh = "INITIATIVE", "Initiative of the ", "倡议"
	case 3:
		kind, en, zh = "COOPERATION", "Cooperation agreement of the ", "合作协议"
	}
	g.thing("Agreement", id, name{en + of.en + ", " + year, of.zh + year + "年" + zh}, g.told(d, g.agreementProps(d, kind, t)))
	g.tie("PARTY_TO", g.id("Alliance", al), id, g.told(d, props{"role": "PARTY"}))
	for i, m := range g.members[al] {
		if i < 2 || d.chance(30) {
			g.tie("PARTY_TO", g.id(m.kind, m.number), id, g.told(d, props{"role": pick(d, []string{"PARTY", "COUNTERPARTY"})}))
		}
	}
	if kind == "FRAMEWORK" {
		g.tie("GOVERNED_BY", g.id("Alliance", al), id, g.told(d, props{}))
	}
	if kind == "INITIATIVE" {
		g.tie("ISSUED", g.id("Alliance", al), id, g.told(d, props{"role": "ISSUER"}))
	}
	if d.chance(20) {
		g.tie("PARTY_TO", g.cityID(d.IntN(g.n.cities)), id, g.told(d, props{"role": "COUNTERPARTY"}))
	}
	if d.chance(50) {
		g.tie("SIGNED_AT", id, g.id("Event", d.IntN(g.n.events)), g.told(d, props{}))
	}
	if d.chance(30) {
		g.tie("IN_INDUSTRY", id, g.id("Industry", d.IntN(len(branches))), g.told(d, props{}))
	}
}
