package ingest

import "strings"

// wants says what would be right in a field.
func (c column) wants() string {
	parts := "{" + strings.Join(namesOf(c.parts), ", ") + "}"
	switch {
	case c.point:
		return parts
	case c.parts != nil:
		return "a list of " + parts
	case c.list:
		return "a list of texts"
	case c.refers && c.of == "Node":
		return "the id of a thing"
	case c.refers:
		return "the id of " + a(c.of)
	}
	if says, known := examples[c.of]; known {
		return says
	}
	return a(c.of)
}

// examples says what the values of a scalar look like.
var examples = map[string]string{
	"ID":          "an id",
	"String":      "a text",
	"Boolean":     "true or false",
	"Int":         "a whole number such as 12",
	"Float":       "a number such as 12.5",
	"PartialDate": "a date such as 2019, 2023-06 or 2023-06-26",
	"Date":        "a day such as 2023-06-26",
	"DateTime":    "a moment such as 2026-11-21T00:00:00Z",
}

// a puts the article before the name of a type.
func a(name string) string {
	if strings.ContainsAny(name[:1], "AEIO") {
		return "an " + name
	}
	return "a " + name
}
