// Command limit serves the bench's operations as fast as we know how, for the product to be held against.
package main

import (
	"fmt"
	"net/http"
	"os"

	"github.com/partnergraph/partnergraph/bench/byhand"
)

func main() {
	s, err := byhand.Open(os.Getenv("NEO4J_URI"), os.Getenv("NEO4J_PASSWORD"))
	if err == nil {
		err = http.ListenAndServe(os.Args[1], s)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
