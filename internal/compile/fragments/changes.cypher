// What began and what ended from a day until before another, by stated dates.
// $from, $until the days · $things, $ties types of things and relationships, all when empty · $noThings, $noTies leave them out
// $begins, $ends the property of each type that states its first and last day
// Binds date, what, stated, the first and last day that this may mean, type, node, relationship, id.
CALL {
  MATCH (n:Node)
    WHERE NOT $noThings AND $from <= n.holdsFrom AND n.holdsFrom < $until
  WITH n, [l IN labels(n) WHERE $begins[l] IS NOT NULL][0] AS label
    WHERE n[$begins[label]] IS NOT NULL AND (size($things) = 0 OR label IN $things)
  RETURN n.holdsFrom AS date, 'BEGAN' AS what, n[$begins[label]] AS stated,
    n[$begins[label] + 'Earliest'] AS first, n[$begins[label] + 'Latest'] AS last, label AS type, n AS node, null AS relationship, n.id AS id
UNION ALL
  MATCH (n:Node)
    WHERE NOT $noThings AND $from <= n.holdsUntil AND n.holdsUntil < $until
  WITH n, [l IN labels(n) WHERE $ends[l] IS NOT NULL][0] AS label
    WHERE n[$ends[label]] IS NOT NULL AND (size($things) = 0 OR label IN $things)
  RETURN n.holdsUntil AS date, 'ENDED' AS what, n[$ends[label]] AS stated,
    n[$ends[label] + 'Earliest'] AS first, n[$ends[label] + 'Latest'] AS last, label AS type, n AS node, null AS relationship, n.id AS id
UNION ALL
  MATCH (:Node)-[r]->()
    WHERE NOT $noTies AND r.since IS NOT NULL AND $from <= r.holdsFrom AND r.holdsFrom < $until
      AND (size($ties) = 0 OR type(r) IN $ties)
  RETURN r.holdsFrom AS date, 'BEGAN' AS what, r.since AS stated,
    r.sinceEarliest AS first, r.sinceLatest AS last, type(r) AS type, null AS node, r AS relationship, r.id AS id
UNION ALL
  MATCH (:Node)-[r]->()
    WHERE NOT $noTies AND r.until IS NOT NULL AND $from <= r.holdsUntil AND r.holdsUntil < $until
      AND (size($ties) = 0 OR type(r) IN $ties)
  RETURN r.holdsUntil AS date, 'ENDED' AS what, r.until AS stated,
    r.untilEarliest AS first, r.untilLatest AS last, type(r) AS type, null AS node, r AS relationship, r.id AS id
}
WITH date, what, stated, first, last, type, node, relationship, id
