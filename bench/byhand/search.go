package byhand

import "github.com/partnergraph/partnergraph/internal/names"

// The rules of what fits how well are the product's, and so is the text that the index is asked with.
func init() {
	register("search", operation{
		text: `CALL db.index.fulltext.queryNodes('names', $lucene, {limit: 1000}) YIELD node AS n
WITH n, head([l IN labels(n) WHERE l IN ['University', 'Enterprise', 'Alliance']]) AS label
  WHERE label IS NOT NULL AND @n
WITH n, label, n.searchForms AS forms, n.searchTexts AS texts, n.searchKinds AS kinds
UNWIND range(0, size(forms) - 1) AS i
WITH n, label, texts[i] AS matched, kinds[i] AS kind, forms[i] AS form
WITH n, label, matched, kind, form, CASE WHEN kind IN ['PINYIN', 'INITIALS'] THEN $joined ELSE $folded END AS text
WITH n, label, matched, form, text, CASE WHEN form <> text AND form =~ $scattered AND NOT form CONTAINS text THEN 'ABBREVIATION' ELSE kind END AS shown,
  CASE kind WHEN 'ALIAS' THEN 0.98 WHEN 'ABBREVIATION' THEN 0.9 WHEN 'PINYIN' THEN 0.85 WHEN 'INITIALS' THEN 0.8 ELSE 1.0 END * CASE
    WHEN form = text THEN 1.0
    WHEN form STARTS WITH text THEN 0.9
    WHEN kind IN ['INITIALS', 'ABBREVIATION'] THEN 0.0
    WHEN (' ' + form) CONTAINS (' ' + text) THEN 0.8
    WHEN form CONTAINS text THEN 0.7
    WHEN form =~ $scattered THEN 0.6
    WHEN all(word IN $words WHERE form CONTAINS word) THEN 0.5
    ELSE 0.0
  END AS score
  WHERE score > 0
WITH n, label, matched, shown, CASE
    WHEN form = text THEN score
    ELSE round(score - 0.0005 * CASE WHEN size(form) < 100 THEN size(form) ELSE 100 END, 4)
  END AS score
WITH n, label, score, matched, shown ORDER BY score DESC, shown, matched
WITH n, label, head(collect([score, matched, shown])) AS best
ORDER BY best[0] DESC, n.id LIMIT 10
RETURN collect([best[0], best[1], best[2], label, n.id, n.name, n.nameZh])`,
		params: func(v Variables) (map[string]any, error) {
			q := names.ParseQuery(v.Text)
			return map[string]any{"lucene": q.Lucene, "folded": q.Folded, "joined": q.Joined, "words": q.Words, "scattered": q.Scattered}, nil
		},
		write: func(o *out, rows [][]any) {
			o.text(`{"search":{"edges":`)
			o.list(rows[0][0], func(h []any) {
				o.field(`{"score":`, h[0])
				o.field(`,"matched":`, h[1])
				o.field(`,"matchedKind":`, h[2])
				o.field(`,"node":{"__typename":`, h[3])
				o.field(`,"id":`, h[4])
				o.field(`,"name":`, h[5])
				o.field(`,"nameZh":`, h[6])
				o.text("}}")
			})
			o.text("}}")
		},
	})
}
