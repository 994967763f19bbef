// Claims a key: whoever else has it waits until this transaction ends.
// $p.key: the key; $p.now: the moment; $p.since: answers from before are forgotten
// Gives what was answered for it, nulls if nothing.
MERGE (k:IdempotencyKey {key: $p.key})
ON CREATE SET k.at = $p.now
RETURN CASE WHEN k.at >= $p.since THEN k.digest END AS digest, CASE WHEN k.at >= $p.since THEN k.answer END AS answer
