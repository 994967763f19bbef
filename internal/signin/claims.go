package signin

import (
	"maps"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/partnergraph/partnergraph/internal/access"
)

// mapping says what claims mean here.
type mapping struct {
	rolesClaim, officesClaim, reviewsClaim string
	roles                                  map[string]access.Roles // by the value of the claim
}

// viewer reads who the claims are of. What is not understood gives no right.
func (m *mapping) viewer(standard *jwt.Claims, claims map[string]any) access.Viewer {
	v := access.Viewer{Subject: standard.Issuer + " " + standard.Subject, Until: standard.Expiry.Time()}
	for _, value := range texts(claim(claims, m.rolesClaim)) {
		v.Roles |= m.roles[value]
	}
	if v.Roles.Has(access.Office) {
		v.Offices = unique(texts(claim(claims, m.officesClaim)))
	}
	if v.Roles.Has(access.Reviewer) {
		v.Reviews = unique(texts(claim(claims, m.reviewsClaim)))
	}
	return v
}

// claim finds a claim by its name or path, such as realm_access.roles. Names may have dots themselves.
func claim(in map[string]any, path string) any {
	if v, ok := in[path]; ok {
		return v
	}
	for i, c := range path {
		if c != '.' {
			continue
		}
		if below, ok := in[path[:i]].(map[string]any); ok {
			if v := claim(below, path[i+1:]); v != nil {
				return v
			}
		}
	}
	return nil
}

// texts reads a claim of several values: a list of texts, or one text with spaces between them.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return strings.Fields(v)
	case []any:
		var out []string
		for _, one := range v {
			if text, ok := one.(string); ok {
				out = append(out, text)
			}
		}
		return out
	}
	return nil
}

// unique sorts texts and leaves out empty ones and repetitions.
func unique(of []string) []string {
	set := map[string]bool{}
	for _, text := range of {
		set[text] = true
	}
	delete(set, "")
	return slices.Sorted(maps.Keys(set))
}
