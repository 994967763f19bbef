// Takes a chore, if it is still due: nobody else does it before it is due again.
// $p.name; $p.next: milliseconds until it is
MERGE (j:Job {name: $p.name})
SET j.locked = true
REMOVE j.locked
WITH j WHERE j.due IS NULL OR j.due <= datetime.realtime()
SET j.due = datetime.realtime() + duration({milliseconds: $p.next})
RETURN j.name AS name
