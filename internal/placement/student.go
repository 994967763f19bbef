package placement

import (
	"maps"
	"regexp"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// MostStudents is how many students are enrolled or changed at once.
const MostStudents = 1000

// StudentFields is what is said of a student. Nothing else says what a field may hold.
var StudentFields = registration.Field{Kind: registration.Object, Required: true, Fields: []registration.Field{
	{Name: "name", Kind: registration.Text, Most: short, Required: true, Label: "Name", LabelZh: "姓名"},
	{Name: "nameZh", Kind: registration.Text, Most: short, Label: "Chinese name", LabelZh: "中文姓名"},
	{Name: "aliases", List: 20, Kind: registration.Text, Most: short, Label: "Other names", LabelZh: "别名"},
	{Name: "studentNumber", Kind: registration.Text, Most: 50, Label: "Student number", LabelZh: "学号"},
	{Name: "cohort", Kind: registration.Text, Most: 4, Label: "Year of entry", LabelZh: "入学年份"},
	{Name: "level", Kind: registration.Choice, Choices: []string{"UNDERGRADUATE", "MASTER", "DOCTORAL"}, Label: "Level of study", LabelZh: "培养层次"},
	{Name: "disciplines", List: 10, Kind: registration.ID, Choices: []string{"dis_"}, Label: "Disciplines studied", LabelZh: "所学专业"},
	{Name: "enrolledAt", Kind: registration.ID, Choices: []string{"uni_", "sch_"}, Required: true, Label: "University or school", LabelZh: "所在学校或院系"},
	{Name: "enrolledSince", Kind: registration.Date, Label: "Enrolled since", LabelZh: "入学日期"},
	{Name: "enrolledUntil", Kind: registration.Date, Label: "Enrolled until", LabelZh: "离校日期"},
	{Name: "summary", Kind: registration.Text, Most: long, Label: "Summary", LabelZh: "简介"},
	{Name: "website", Kind: registration.Text, Most: 500, Label: "Website", LabelZh: "网站"},
}}

// Said is what is said of a student, by the names of StudentFields; what nobody stated is absent.
type Said map[string]any

// ReadStudent lays what is given over what was said, nothing for a new student: what is absent stays, null clears, lists
// are replaced whole. The problems name their fields below a path.
func ReadStudent(was Said, given map[string]any, path []string) (Said, []Problem) {
	all := map[string]any(maps.Clone(was))
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, given)
	read, problems := StudentFields.Read(all, path)
	if len(problems) > 0 {
		return was, problems
	}
	now, _ := read.(map[string]any)
	problems = StudentFields.Lacks(read, path)
	return now, append(problems, studentAcross(now, path)...)
}

var yearForm = regexp.MustCompile(`^[12]\d{3}$`)

// studentAcross holds the rules that a field alone doesn't show.
func studentAcross(s Said, path []string) []Problem {
	var out []Problem
	if c := s.Text("cohort"); c != "" && !yearForm.MatchString(c) {
		out = one(registration.BadFormat, registration.At(path, "cohort"), say("the year of entry is %s: give a year such as 2024", "入学年份不能是 %s：应为年份，如 2024", registration.Shown(c)))
	}
	since, until := s.Text("enrolledSince"), s.Text("enrolledUntil")
	if since != "" && until != "" && network.PartialDate(since).Earliest().After(network.PartialDate(until).Latest().Time) {
		out = append(out, one(registration.OutOfOrder, registration.At(path, "enrolledUntil"), say("enrolled until %s, before %s: give a later day", "离校日期 %s 早于入学日期 %s：请填写更晚的日期", until, since))...)
	}
	return out
}

// Text is what is said in a field that holds a text; "" where nothing is.
func (s Said) Text(name string) string {
	t, _ := s[name].(string)
	return t
}

// Texts is what is said in a field that holds a list of texts.
func (s Said) Texts(name string) []string {
	var out []string
	list, _ := s[name].([]any)
	for _, v := range list {
		if t, ok := v.(string); ok {
			out = append(out, t)
		}
	}
	return out
}

// Since is from when the student is enrolled: as stated, or from the year of entry, or else from the day on which it is
// recorded.
func (s Said) Since(today network.Day) string {
	for _, stated := range []string{s.Text("enrolledSince"), s.Text("cohort")} {
		if stated != "" {
			return stated
		}
	}
	return today.String()
}
