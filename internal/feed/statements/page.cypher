// Entries after one number and up to another that a viewer may be told of, the oldest first.
// $p.after, $p.upto, $p.most; $p.all: nothing is hidden; $p.keys: of the viewer; $p.things and $p.ties: whether any, and of
// which types if $p.types has any; $p.organizations and $p.alliances that they concern, if there are any
// Gives the number of the first entry that is kept, too.
CALL () { OPTIONAL MATCH (f:FeedEntry) WHERE f.seq > 0 WITH f.seq AS seq ORDER BY seq LIMIT 1 RETURN seq AS oldest }
RETURN oldest, COLLECT {
  MATCH (f:FeedEntry)
  WHERE $p.after < f.seq <= $p.upto
    AND CASE WHEN f.from IS NULL THEN $p.things AND (size($p.types) = 0 OR f.type IN $p.types) ELSE $p.ties AND (size($p.relationships) = 0 OR f.type IN $p.relationships) END
    AND (size($p.organizations) = 0 OR any(id IN f.concerns WHERE id IN $p.organizations))
    AND (size($p.alliances) = 0 OR any(id IN f.concerns WHERE id IN $p.alliances))
    AND ($p.all OR any(k IN f.seen WHERE k IN $p.keys) AND (f.far IS NULL OR any(k IN f.far WHERE k IN $p.keys)) OR any(k IN f.saw WHERE k IN $p.keys))
  RETURN f {.*} ORDER BY f.seq LIMIT toInteger($p.most)
} AS entries
