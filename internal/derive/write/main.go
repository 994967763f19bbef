// Command write writes the derived part of the contract: graph/derived.graphqls, from schema.graphqls, in the folder
// that it is started in.
package main

import (
	"fmt"
	"os"

	"github.com/partnergraph/partnergraph/internal/derive"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	written, err := os.ReadFile("schema.graphqls")
	if err != nil {
		return err
	}
	text, err := derive.Schema(string(written))
	if err != nil {
		return err
	}
	return os.WriteFile("graph/derived.graphqls", []byte(text), 0o644)
}
