package network

// Thing is a node as it is stored.
type Thing struct {
	ID         string
	Labels     []string // its own first
	Properties map[string]any
}

// Tie is a relationship as it is stored.
type Tie struct {
	ID         string
	Type       string
	From, To   string // ids of things
	Properties map[string]any
}

// Network is a set of things and the ties between them.
type Network struct {
	Things []Thing
	Ties   []Tie
}
