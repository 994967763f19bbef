package graph

import "io"

// raw is JSON that is already written.
type raw []byte

// MarshalGQL writes it.
func (r raw) MarshalGQL(w io.Writer) { _, _ = w.Write(r) }
