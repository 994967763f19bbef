// Forgets the oldest entries of the feed that were made before a time, some at a time, but never the last ones.
// $p.before; $p.least: how many stay; $p.most
// Gives how many are forgotten.
MATCH (c:Counter {name: 'feed'})
MATCH (f:FeedEntry) WHERE 0 < f.seq <= c.seq - $p.least
WITH f ORDER BY f.seq LIMIT toInteger($p.most)
WITH collect(f) AS oldest
WITH oldest, head([f IN oldest WHERE f.at >= $p.before | f.seq]) AS stays
UNWIND [f IN oldest WHERE stays IS NULL OR f.seq < stays] AS f
DELETE f
RETURN count(*) AS forgotten
