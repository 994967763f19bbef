// The bases that were merged into one.
// $p.id
MATCH (b:PracticeBase)
  WHERE b.mergedInto = $p.id
RETURN b.id AS id
