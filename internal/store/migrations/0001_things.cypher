// Every thing carries the label Node beside its own; its id is unique among all of them.
CREATE CONSTRAINT node_id IF NOT EXISTS FOR (n:Node) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT migration_name IF NOT EXISTS FOR (m:Migration) REQUIRE m.name IS UNIQUE;
CREATE INDEX node_holds_from IF NOT EXISTS FOR (n:Node) ON (n.holdsFrom);
CREATE INDEX node_holds_until IF NOT EXISTS FOR (n:Node) ON (n.holdsUntil);
CREATE INDEX source_id IF NOT EXISTS FOR (n:Source) ON (n.id);
