// Package partnergraph holds what the one binary carries along: the contract and the dataset of the documents.
package partnergraph

import (
	"embed"
	"io/fs"
)

// Written is the text of schema.graphqls; derived is what follows from it by rule.
var (
	//go:embed schema.graphqls
	Written string
	//go:embed graph/derived.graphqls
	derived string
)

// Schema is the whole contract.
var Schema = Written + derived

//go:embed dataset
var dataset embed.FS

// Dataset is the folder of the document dataset.
func Dataset() fs.FS {
	sub, err := fs.Sub(dataset, "dataset")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}
