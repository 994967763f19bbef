// Package limits bounds what a request may ask before anything is asked of the database: the size and form of a document,
// the values given with it, and the number of things that it requests. It knows GraphQL documents and no HTTP.
package limits

// Limits are the bounds of one request. A document is measured with its fragments put in place.
type Limits struct {
	Tokens     int // words and signs of a document, comments included
	Depth      int // fields within fields
	Aliases    int // fields under another name
	RootFields int // of one operation
	Directives int // uses of directives
	Page       int // rows of a page, which whoever plans it refuses to exceed
	Cost       int // things and rows that are requested
	List       int // elements of one list that is given, in the document or by a variable
	Values     int // values that the variables hold in all, but for inputs of changes
	Input      int // values that inputs of changes hold which variables give
}

// Default is what a server has unless it is told otherwise.
var Default = Limits{
	Tokens: 1500, Depth: 12, Aliases: 30, RootFields: 20, Directives: 30, Page: 200, Cost: 10_000, List: 1000, Values: 5000, Input: 20_000,
}

// Bounds that no honest document comes near, and that therefore are no settings.
const (
	maxSelections    = 3000 // fields and fragments with every fragment put in place
	maxRepeats       = 400  // fields under one name, which validation compares each with each
	maxNesting       = 60   // fields, fragments and literals within each other
	maxGiven         = 20   // lists and objects within each other, of what is given
	maxObjects       = 300  // that the variables hold: about as many as there is room for in a document
	maxName          = 200  // bytes
	maxText          = 10_000
	maxErrors        = 20  // in one answer
	maxMessage       = 500 // bytes
	maxIntrospection = 20  // fields within fields from __schema and __type on
	maxSchemaLists   = 16  // lists below them: the standard introspection query has 9
)
