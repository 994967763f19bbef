package registration

// Patch lays a JSON merge patch (RFC 7396) over a content: what is absent stays, null clears, objects are merged, lists
// are replaced whole. If something in it can't be held, the content stays as it was and the problems say what, all of
// them. Whether the content is well-formed is CheckDraft's question.
func Patch(c Content, patch map[string]any) (Content, []Problem) {
	var r reading
	clean := r.value(Fields, merge(c.tree(), patch), nil)
	if len(r.problems) > 0 {
		return c, r.problems
	}
	if clean == nil {
		return Content{}, nil
	}
	return content(clean), nil
}

func merge(onto any, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	out := map[string]any{}
	if was, ok := onto.(map[string]any); ok {
		for name, v := range was {
			out[name] = v
		}
	}
	for name, v := range changes {
		if v == nil {
			if _, known := out[name]; known {
				delete(out, name)
				continue
			}
		}
		out[name] = merge(out[name], v)
	}
	return out
}
