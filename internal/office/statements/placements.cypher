// The placements at a base that go on after a day.
// $p.base, $day
MATCH (:Node {id: $p.base})<-[:AT]-(p:Placement)
  WHERE p.holdsUntil > $day AND NOT coalesce(p.status, '') IN ['CANCELLED', 'COMPLETED']
RETURN p.id AS id ORDER BY id
