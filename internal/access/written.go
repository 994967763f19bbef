package access

import (
	"fmt"
	"strings"
)

// Parse reads a viewer as people write one: `public`, or roles with what they are held for, such as
// `analyst, office:uni_hubei-university-of-technology`.
func Parse(s string) (Viewer, error) {
	var v Viewer
	for part := range strings.SplitSeq(s, ",") {
		name, of, scoped := strings.Cut(strings.TrimSpace(part), ":")
		if name == "public" && !scoped {
			continue
		}
		role, ok := RoleNamed(name)
		switch {
		case !ok:
			return Viewer{}, fmt.Errorf("%q is no viewer: write public, analyst, admin, office:ID or reviewer:ID, or several with commas between them", strings.TrimSpace(part))
		case role == Office && of != "":
			v.Offices = append(v.Offices, of)
		case role == Reviewer && of != "":
			v.Reviews = append(v.Reviews, of)
		case role == Office || role == Reviewer:
			return Viewer{}, fmt.Errorf("%s needs the id of an organisation: write %s:ID", name, name)
		case scoped:
			return Viewer{}, fmt.Errorf("%s is held for no organisation: write it without %q", name, ":"+of)
		}
		v.Roles |= role
	}
	return v, nil
}

// String writes a viewer as Parse reads it.
func (v Viewer) String() string {
	var out []string
	for _, name := range v.Roles.Names() {
		switch role, _ := RoleNamed(name); role {
		case Office:
			for _, id := range v.Offices {
				out = append(out, name+":"+id)
			}
		case Reviewer:
			for _, id := range v.Reviews {
				out = append(out, name+":"+id)
			}
		default:
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		return "public"
	}
	return strings.Join(out, ", ")
}
