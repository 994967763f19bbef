// How the audit is read: all of it, and what somebody may know by each of their keys, the newest first. Jobs that one of
// all instances does.
CREATE INDEX audit_seq IF NOT EXISTS FOR (a:Audit) ON (a.seq, a.id);
CREATE INDEX audit_for IF NOT EXISTS FOR (f:AuditFor) ON (f.key, f.seq, f.audit);
CREATE CONSTRAINT job_name IF NOT EXISTS FOR (j:Job) REQUIRE j.name IS UNIQUE;
