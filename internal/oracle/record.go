package oracle

// record is a row that is no thing of the graph, but tells of some.
type record interface{ field(name string) any }

// listedRow is a record whose values stand ready.
type listedRow map[string]any

func (r listedRow) field(name string) any { return r[name] }

func (p *path) field(name string) any {
	switch name {
	case "length":
		return len(p.ties)
	case "nodes":
		return anys(p.things)
	case "relationships":
		return anys(p.ties)
	}
	return nil
}
