// Package partnergraph holds what the one binary carries along: the contract and the dataset of the documents.
package partnergraph

import (
	"embed"
	"io/fs"
)

// Schema is the text of schema.graphqls.
//
//go:embed schema.graphqls
var Schema string

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
