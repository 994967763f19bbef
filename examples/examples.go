// Package examples holds the operations that the playground shows, the README quotes and the tests run against the
// dataset. An example is a file NN-name.graphql, whose first line is its title, and NN-name.variables.json if it takes
// variables.
package examples

import (
	"embed"
	"strings"

	"github.com/partnergraph/partnergraph/web"
)

//go:embed *.graphql *.json
var files embed.FS

// All lists the examples in the order of their numbers.
func All() ([]web.Example, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var out []web.Example
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".graphql")
		if !ok {
			continue
		}
		text, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		title, _, _ := strings.Cut(string(text), "\n")
		variables, _ := files.ReadFile(name + ".variables.json")
		out = append(out, web.Example{Name: name, Title: strings.TrimSpace(strings.TrimPrefix(title, "#")), Query: string(text), Variables: variables})
	}
	return out, nil
}
