// The agreements, and insurances of bases, that end within some days and of which followers were not told so near to the
// end.
// $today, $last, $p.days, $p.earlier
CALL () {
  MATCH (a:Agreement)
    WHERE $today < a.holdsUntil <= $last AND a.validUntil IS NOT NULL AND NOT coalesce(a.synthetic, false)
  RETURN a.id AS id, 'AGREEMENT' AS what, toString(a.holdsUntil) AS until
  UNION ALL
  MATCH (b:PracticeBase)
    WHERE $today < date(b.insuredUntilLatest) <= $last AND coalesce(b.status, 'ACTIVE') IN ['ACTIVE', 'AMENDING', 'SUSPENDED']
      AND NOT coalesce(b.synthetic, false)
  RETURN b.id AS id, 'INSURANCE' AS what, toString(b.insuredUntilLatest) AS until
}
WITH id, what, until
  WHERE NOT EXISTS { UNWIND $p.earlier + [toString($p.days)] AS days MATCH (:Notice {key: id + '|' + what + '|' + until + '|' + days}) }
RETURN id, what, until LIMIT 500
