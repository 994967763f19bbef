// The forms of names that a search looks for. It follows writes at a short distance, so that writers don't wait for it.
CREATE FULLTEXT INDEX names IF NOT EXISTS FOR (n:Node) ON EACH [n.searchText]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: true}};
