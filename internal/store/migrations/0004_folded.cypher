// What the import stores since lists go by folded names, for networks that were loaded before: folded names and codes, and
// the numbers of sources.
MATCH (n:Node) WHERE n.nameKey IS NULL AND n.name IS NOT NULL SET n.nameKey = toLower(normalize(n.name, NFKC));
MATCH (n:Node) WHERE n.nameZhKey IS NULL AND n.nameZh IS NOT NULL SET n.nameZhKey = toLower(normalize(n.nameZh, NFKC));
MATCH (n:Enterprise) WHERE n.creditCodeKey IS NULL AND n.creditCode IS NOT NULL SET n.creditCodeKey = toLower(normalize(n.creditCode, NFKC));
MATCH (n:Agreement) WHERE n.numberKey IS NULL AND n.number IS NOT NULL SET n.numberKey = toLower(normalize(n.number, NFKC));
MATCH (n:Student) WHERE n.studentNumberKey IS NULL AND n.studentNumber IS NOT NULL SET n.studentNumberKey = toLower(normalize(n.studentNumber, NFKC));
MATCH (n:Discipline|Industry) WHERE n.codeKey IS NULL AND n.code IS NOT NULL SET n.codeKey = toLower(normalize(n.code, NFKC));
MATCH (n:Place) WHERE n.isoCodeKey IS NULL AND n.isoCode IS NOT NULL SET n.isoCodeKey = toLower(normalize(n.isoCode, NFKC));
MATCH (n:Node) WHERE n.sourceCount IS NULL SET n.sourceCount = COUNT { UNWIND coalesce(n.sources, []) AS s RETURN DISTINCT s };
MATCH (:Node)-[r]->() WHERE r.sourceCount IS NULL SET r.sourceCount = COUNT { UNWIND coalesce(r.sources, []) AS s RETURN DISTINCT s };
