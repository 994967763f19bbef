// For each thing n, the form of its name that fits a text best.
// $folded, $joined, $words, $scattered: see names.Query
// Binds n, score, matched, matchedKind.
WITH n, n.searchForms AS forms, n.searchTexts AS texts, n.searchKinds AS kinds
UNWIND range(0, size(forms) - 1) AS i
WITH n, texts[i] AS matched, kinds[i] AS matchedKind, forms[i] AS form
WITH n, matched, matchedKind, form,
  CASE WHEN matchedKind IN ['PINYIN', 'INITIALS'] THEN $joined ELSE $folded END AS text,
  CASE matchedKind WHEN 'ALIAS' THEN 0.98 WHEN 'ABBREVIATION' THEN 0.9 WHEN 'PINYIN' THEN 0.85 WHEN 'INITIALS' THEN 0.8 ELSE 1.0 END AS weight
WITH n, matched, form, text, CASE WHEN form <> text AND form =~ $scattered AND NOT form CONTAINS text THEN 'ABBREVIATION' ELSE matchedKind END AS matchedKind,
  weight * CASE
    WHEN form = text THEN 1.0
    WHEN form STARTS WITH text THEN 0.9
    WHEN matchedKind IN ['INITIALS', 'ABBREVIATION'] THEN 0.0
    WHEN (' ' + form) CONTAINS (' ' + text) THEN 0.8
    WHEN form CONTAINS text THEN 0.7
    WHEN form =~ $scattered THEN 0.6
    WHEN all(word IN $words WHERE form CONTAINS word) THEN 0.5
    ELSE 0.0
  END AS score
  WHERE score > 0
// Of two forms that fit alike, the shorter one has more of what was asked for.
WITH n, matched, matchedKind, CASE
    WHEN form = text THEN score
    ELSE round(score - 0.0005 * CASE WHEN size(form) < 100 THEN size(form) ELSE 100 END, 4)
  END AS score
WITH n, matched, matchedKind, score ORDER BY score DESC, matchedKind, matched
WITH n, collect([score, matched, matchedKind])[0] AS best
WITH n, best[0] AS score, best[1] AS matched, best[2] AS matchedKind
