package registration

import "github.com/partnergraph/partnergraph/internal/network"

// Permission says of an action whether somebody may take it now, or the one thing that is most in the way.
type Permission struct {
	Action  Action
	Allowed bool
	Why     *Problem // nil if allowed
}

// Permissions says of every action that people take whether this one may, as far as that can be told before details are
// given: where it stands, who asks, and what the registration holds.
func Permissions(by Actor, f Facts, on network.Day) []Permission {
	f, _ = Settle(f, on)
	var out []Permission
	for _, a := range Actions {
		p := Permission{Action: a, Allowed: true}
		if problems := (try{facts: f, actor: by, day: on}).hindrances(a); len(problems) > 0 {
			p.Allowed, p.Why = false, &problems[0]
		}
		out = append(out, p)
	}
	return out
}

func allowed(f Facts, by Actor, on network.Day) []Action {
	out := []Action{}
	for _, p := range Permissions(by, f, on) {
		if p.Allowed {
			out = append(out, p.Action)
		}
	}
	return out
}
