package synthetic

// Size names how large a network is.
type Size string

// The sizes: about 3,000 things to look at, and 30,000, 300,000 and 3,000,000 to measure.
const (
	Demo Size = "DEMO"
	S    Size = "S"
	M    Size = "M"
	L    Size = "L"
)

// Things is about how many things a network of the size holds.
func (s Size) Things() int {
	return map[Size]int{Demo: 3_000, S: 30_000, M: 300_000, L: 3_000_000}[s]
}

// counts says how many things there are of each kind, but for students and placements: these fill up the rest.
type counts struct {
	sources                             int
	provinces, cities                   int
	universities, schools               int
	enterprises, centers, associations  int
	alliances, events, bases            int
	renewals, frames                    int // agreements beside one for each base: those that came before, and others
	teachers                            int // people at universities; each base has a supervisor besides
	programs, competitions, editions    int
	awards, policies, metrics, students int
}

// Each city has so many of these.
const (
	districtsPerCity = 3
	venuesPerCity    = 1
)

// placementsPerStudent is what placementCount comes to.
const placementsPerStudent = 1.11

func countsOf(size Size) counts {
	total := size.Things()
	share := func(ofTenThousand, least int) int {
		return max(least, total/10_000*ofTenThousand+total%10_000*ofTenThousand/10_000)
	}
	n := counts{
		sources: share(120, 40), cities: min(share(7, 16), len(firstOfPlace)*len(lastOfCity)),
		universities: share(15, 24), schools: share(120, 96), enterprises: share(250, 60), centers: share(30, 12), associations: share(5, 6),
		alliances: share(5, 8), events: share(80, 30), bases: share(400, 100), frames: share(40, 24),
		programs: share(60, 24), competitions: share(4, 6), editions: share(30, 18), awards: share(80, 30),
		policies: share(20, 16), metrics: share(100, 40),
	}
	n.provinces = min(max(4, n.cities/8), len(firstOfProvince)*len(lastOfProvince))
	n.renewals = n.bases * 15 / 100
	n.teachers = max(share(120, 0), 2*n.universities)
	n.students = int(float64(total-n.others()) / (1 + placementsPerStudent))
	return n
}

// others is how many things there are beside students and placements.
func (n counts) others() int {
	return n.sources + n.places() + disciplineCount + industryCount + n.governments() + n.universities + n.schools +
		n.enterprises + n.centers + n.associations + n.alliances + n.events + n.bases + n.agreements() + n.people() +
		n.programs + n.competitions + n.editions + n.awards + n.policies + n.metrics + 1
}

func (n counts) places() int {
	return 1 + len(regions) + n.provinces + n.cities*(1+districtsPerCity+venuesPerCity)
}
func (n counts) governments() int { return 1 + n.provinces + n.cities }
func (n counts) agreements() int  { return n.bases + n.renewals + n.frames }
func (n counts) people() int      { return n.teachers + n.bases }
