// Which of some chores are due; one that nobody has done yet is.
// $p.names
UNWIND $p.names AS name
OPTIONAL MATCH (j:Job {name: name})
WITH name, j WHERE j.due IS NULL OR j.due <= datetime()
RETURN name
