package plan

// Plain tells whether a selection is read without looking further into the graph. Such a one needs no subquery, each of
// which costs the database some milliseconds to plan.
func (s *Selection) Plain() bool {
	for _, col := range s.Columns {
		if !plain(col) {
			return false
		}
	}
	return true
}

func plain(col Column) bool {
	switch col := col.(type) {
	case *Property, *TypeOf, *Computed, *Named:
		return true
	case *Here:
		return col.Name != "" && plain(col.Column)
	case *Node:
		return col.Name != "" && col.Of.Plain()
	case *Zip:
		return col.Of.Plain()
	case *Each:
		return col.Of.Plain()
	case *Inner:
		return col.Of.Plain()
	}
	return false
}

// spreads tells whether what is read of a thing can stand among the values of the row: whether there is a name for the
// thing that may be written once for each of them, and the thing is always there.
func (n *Node) spreads(nonNull bool) bool {
	switch n.Name {
	case "":
		return true
	case "START", "END":
		return false
	}
	return nonNull && n.Of.Plain()
}
