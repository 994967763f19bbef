package acceptance

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestTwoNumbersOfPeopleLeaveThreeDifferences: a student comes each day, and the public asks on each day how many there
// are. From the numbers of two days, or of a whole and a part of it, nobody learns exactly by how many they differ:
// at least three differences are possible, whichever numbers these are.
func TestTwoNumbersOfPeopleLeaveThreeDifferences(t *testing.T) {
	const most = 50
	r := serveNetwork(t, enrolling(most)).as("public")
	shown := make([]int, most) // of 0, 1, 2 … students; -1: null
	for n := range shown {
		var answer struct {
			University struct{ Students struct{ TotalCount *int } }
		}
		r.ask(fmt.Sprintf(`{ university(id: "uni_a", asOf: %q) { students { totalCount } } }`, dayOf(n)), &answer)
		if shown[n] = -1; answer.University.Students.TotalCount != nil {
			shown[n] = *answer.University.Students.TotalCount
		}
	}
	differences := map[[2]int]map[int]bool{}
	for n, told := range shown {
		if n < 5 && told != -1 || n >= 5 && (told%5 != 0 || told < 5 || told-n > 2 || n-told > 2) {
			t.Errorf("%d students are told as %d", n, told)
		}
		for fewer := range n + 1 {
			pair := [2]int{told, shown[fewer]}
			if differences[pair] == nil {
				differences[pair] = map[int]bool{}
			}
			differences[pair][n-fewer] = true
		}
	}
	last := shown[most-1] // what lies beyond is not asked for
	for pair, possible := range differences {
		if pair[0] != last && len(possible) < 3 {
			t.Errorf("between %d and %d nothing else is possible than %v", pair[0], pair[1], possible)
		}
	}
}

// enrolling has a university that a student joins on each day but the first.
func enrolling(days int) string {
	var students, enrolled strings.Builder
	for n := 1; n < days; n++ {
		fmt.Fprintf(&students, "- {id: stu_%02d, name: Student %d}\n", n, n)
		fmt.Fprintf(&enrolled, "- {from: stu_%02d, to: uni_a, since: %s}\n", n, dayOf(n))
	}
	return "nodes/University.yaml\n- {id: uni_a, name: A}\n\nnodes/Student.yaml\n" + students.String() +
		"\nrelationships/ENROLLED_AT.yaml\n" + enrolled.String()
}

func dayOf(n int) string { return time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) }
