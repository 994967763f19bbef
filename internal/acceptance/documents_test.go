package acceptance

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type named struct {
	ID, Name, NameZh string
}

func names(of []named) []string {
	var out []string
	for _, n := range of {
		out = append(out, n.Name)
	}
	slices.Sort(out)
	return out
}

// TestDocumentTraps holds the dataset against the places where its documents mislead. The answers of the examples are
// files, which a careless update could change; these are not.
func TestDocumentTraps(t *testing.T) {
	r := serveDocuments(t)
	var got struct {
		Before, After struct{ Members struct{ Nodes []named } }
		Search        struct{ Nodes []named }
		Alliance      struct {
			Bases   struct{ TotalCount int }
			Metrics struct {
				Nodes []struct {
					Value     float64
					Qualifier string
				}
			}
		}
		Workshops struct {
			Established struct {
				Nodes []struct{ Locations struct{ Nodes []named } }
			}
		}
		Seminar struct {
			Participants struct {
				Nodes []struct{ Universities struct{ Nodes []named } }
			}
		}
	}
	r.ask(`{
		before: alliance(id: "all_yrd-higher-engineering-education", asOf: "2022-01-01") { members { nodes { name nameZh } } }
		after: alliance(id: "all_yrd-higher-engineering-education", asOf: "2023-06-27") { members { nodes { name nameZh } } }
		search(query: "Anhui University of Technology") { nodes { name nameZh } }
		alliance(id: "all_yrd-higher-engineering-education") {
			bases(subAlliances: true, schools: true) { totalCount }
			metrics(where: { name: { contains: "practice bases" } }) { nodes { value qualifier } }
		}
		workshops: enterprise(id: "ent_yalong-intelligent") {
			established { nodes { ... on Program { locations(where: { kind: { eq: COUNTRY } }) { nodes { name } } } } }
		}
		seminar: event(id: "evt_liaoning-innovation-education-seminar-2025") {
			participants(first: 30) { nodes { ... on School { universities { nodes { name } } } } }
		}
	}`, &got)

	five := []string{"Anhui University of Technology", "Jiangsu University", "Nanjing Tech University",
		"University of Shanghai for Science and Technology", "Zhejiang University of Technology"}
	if diff := cmp.Diff(five, names(got.Before.Members.Nodes)); diff != "" {
		t.Errorf("members on 2022-01-01 (-want +got):\n%s", diff)
	}
	six := slices.Sorted(slices.Values(append(five, "Anhui University of Science and Technology")))
	if diff := cmp.Diff(six, names(got.After.Members.Nodes)); diff != "" {
		t.Errorf("members on 2023-06-27 (-want +got):\n%s", diff)
	}
	var chinese []string
	for _, n := range got.Search.Nodes {
		chinese = append(chinese, n.NameZh)
	}
	if !slices.Contains(chinese, "安徽工业大学") || !slices.Contains(chinese, "安徽理工大学") {
		t.Errorf("the shared name finds %v, not both universities", chinese)
	}
	if got.Alliance.Bases.TotalCount != 0 {
		t.Errorf("%d bases of the alliance by name; its page names none", got.Alliance.Bases.TotalCount)
	}
	if m := got.Alliance.Metrics.Nodes; len(m) != 1 || m[0].Value != 300 || m[0].Qualifier != "ABOUT" {
		t.Errorf("the figure of bases is %+v, not about 300", m)
	}
	var countries []string
	for _, n := range got.Workshops.Established.Nodes {
		countries = append(countries, names(n.Locations.Nodes)...)
	}
	slices.Sort(countries)
	if diff := cmp.Diff([]string{"Egypt", "India", "Pakistan", "Portugal", "Thailand"}, countries); diff != "" {
		t.Errorf("countries of the workshops (-want +got):\n%s", diff)
	}
	universities := map[string]bool{}
	for _, n := range got.Seminar.Participants.Nodes {
		for _, u := range n.Universities.Nodes {
			universities[u.Name] = true
		}
	}
	if len(universities) != 17 {
		t.Errorf("%d universities at the seminar, not 17", len(universities))
	}
}
