// The organisation that has a credit code already.
// $p.code, $p.id of the one that is asked about, "" for a new one
MATCH (e:Enterprise)
  WHERE e.creditCodeKey = toLower($p.code) AND e.id <> $p.id
RETURN e.id AS id, e.name AS name LIMIT 1
