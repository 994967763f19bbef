package byhand

import (
	"encoding/base64"
	"encoding/json"
)

func init() {
	register("deep", operation{
		text: `MATCH (b:PracticeBase)
  WHERE b.nameKey >= $name AND (b.nameKey > $name OR b.id > $after) AND @b AND #b
WITH b ORDER BY b.nameKey, b.id LIMIT 51
RETURN collect([b.nameKey, b.id, b.name, b.status])`,
		params: func(v Variables) (map[string]any, error) {
			name, id, err := position(v.After)
			return map[string]any{"name": name, "after": id}, err
		},
		write: func(o *out, rows [][]any) {
			list := rows[0][0].([]any)
			more := len(list) > 50
			list = list[:min(len(list), 50)]
			o.text(`{"practiceBases":{"edges":`)
			o.list(list, func(b []any) {
				o.text(`{"node":`)
				o.idAndName(b[1], b[2])
				o.field(`,"status":`, b[3])
				o.text("}}")
			})
			o.field(`,"pageInfo":{"hasNextPage":`, more)
			o.text(`,"endCursor":`)
			if len(list) == 0 {
				o.text("null")
			} else {
				last := list[len(list)-1].([]any)
				o.cursor(last[0], last[1])
			}
			o.text("}}}")
		},
	})
}

// position reads the product's cursor of a list by name.
func position(cursor string) (name, id string, err error) {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return "", "", err
	}
	var c struct {
		Key [2]string `json:"k"`
	}
	err = json.Unmarshal(text, &c)
	return c.Key[0], c.Key[1], err
}

// cursor writes such a cursor.
func (o *out) cursor(name, id any) {
	inner := out{b: make([]byte, 0, 256)}
	inner.field(`{"o":"name,id","k":[`, name)
	inner.field(`,`, id)
	inner.text("]}")
	o.text(`"`)
	o.b = base64.RawURLEncoding.AppendEncode(o.b, inner.b)
	o.text(`"`)
}
