// Where students are enrolled, or are to be: the organisations with the universities behind them, and those who have one
// of some student numbers there.
// $p.organizations, $p.numbers: folded
UNWIND $p.organizations AS id
MATCH (o:Node {id: id})
WITH o, COLLECT { MATCH (o)-[:PART_OF]->{0,3}(u:University) RETURN DISTINCT u.id ORDER BY u.id } AS universities
WITH o, CASE WHEN universities = [] THEN [o.id] ELSE universities END AS universities
RETURN o.id AS id, universities,
  COLLECT {
    UNWIND $p.numbers AS number
    MATCH (s:Student {studentNumberKey: number})-[:ENROLLED_AT]->(:Organization)-[:PART_OF]->{0,3}(u:Organization)
    WHERE u.id IN universities
    RETURN DISTINCT {number: number, student: s.id}
  } AS numbered
