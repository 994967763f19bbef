// What is registered of a base.
// $p.base
MATCH (r:Registration {base: $p.base})
RETURN r.facts AS facts
