package registration

// What stands here is for those who hold other things to the same kinds of fields, and say what is wrong with them in the
// same way: students and placements.

// Wording says the same in English and in Chinese.
type Wording = text

// Say makes a Wording of two formats; an argument that is one itself comes in either language.
func Say(en, zh string, args ...any) Wording { return say(en, zh, args...) }

// Shown is a value as a message shows it: not endless.
func Shown(v any) string { return shown(v) }

// NewProblem says what is wrong, where, and what would be right.
func NewProblem(code Code, field []string, t Wording) Problem { return problem(code, field, t) }

// At is the path to something below a path, which stays as it is.
func At(path []string, name any) []string { return at(path, name) }

// Read takes what somebody gave for the field, as JSON has it: texts in one normal form, numbers whole, nothing that is
// empty. Problems name what can't be held and what isn't well-formed.
func (f Field) Read(given any, path []string) (any, []Problem) {
	var r reading
	clean := r.value(f, given, path)
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return clean, forms(f, clean, path)
}

// Lacks names each needed field that what was read lacks.
func (f Field) Lacks(clean any, path []string) []Problem { return lacks(f, clean, path) }
