// Deletes some of the synthetic things whose ids begin alike, with their relationships.
// $prefix: what the ids begin with
// $most: how many things to delete at most
// Gives how many were deleted.
MATCH (n:Node) WHERE n.id STARTS WITH $prefix AND n.synthetic
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS answer
