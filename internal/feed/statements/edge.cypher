// The end of the feed: what follows a number, the oldest first; or the last entries.
// $p.after: the number, less than 0 for the last entries; $p.most
// Gives after which number the entries follow. The counter is read first, so that none is missing between.
CALL () { OPTIONAL MATCH (c:Counter {name: 'feed'}) RETURN coalesce(c.seq, 0) AS last }
WITH CASE WHEN $p.after >= 0 THEN $p.after WHEN last > $p.most THEN last - $p.most ELSE 0 END AS after
RETURN after, COLLECT { MATCH (f:FeedEntry) WHERE f.seq > after RETURN f {.*} ORDER BY f.seq LIMIT toInteger($p.most) } AS entries
