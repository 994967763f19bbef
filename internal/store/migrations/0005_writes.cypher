// What a change of the network leaves beside it: who changed what, what followers are told, the answers that are given
// again for the same key, registrations, what is agreed on placements, what was told of ends to come, and the ids that are
// gone.
CREATE CONSTRAINT audit_id IF NOT EXISTS FOR (a:Audit) REQUIRE a.id IS UNIQUE;
CREATE CONSTRAINT feed_entry_seq IF NOT EXISTS FOR (f:FeedEntry) REQUIRE f.seq IS UNIQUE;
CREATE CONSTRAINT counter_name IF NOT EXISTS FOR (c:Counter) REQUIRE c.name IS UNIQUE;
CREATE CONSTRAINT idempotency_key IF NOT EXISTS FOR (k:IdempotencyKey) REQUIRE k.key IS UNIQUE;
CREATE CONSTRAINT registration_base IF NOT EXISTS FOR (r:Registration) REQUIRE r.base IS UNIQUE;
CREATE CONSTRAINT placement_record IF NOT EXISTS FOR (r:PlacementRecord) REQUIRE r.placement IS UNIQUE;
CREATE CONSTRAINT tombstone_id IF NOT EXISTS FOR (t:Tombstone) REQUIRE t.id IS UNIQUE;
CREATE INDEX registration_due IF NOT EXISTS FOR (r:Registration) ON (r.due);
CREATE CONSTRAINT notice_key IF NOT EXISTS FOR (n:Notice) REQUIRE n.key IS UNIQUE;
CREATE INDEX audit_at IF NOT EXISTS FOR (a:Audit) ON (a.at);
CREATE INDEX audit_by IF NOT EXISTS FOR (a:Audit) ON (a.by);
CREATE INDEX audit_of IF NOT EXISTS FOR (o:AuditOf) ON (o.of, o.seq);
CREATE INDEX idempotency_at IF NOT EXISTS FOR (k:IdempotencyKey) ON (k.at);
