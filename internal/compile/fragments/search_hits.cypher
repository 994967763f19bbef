// The things whose names hold the words of a text.
// $lucene the words of the text for the full-text index
// Binds n.
CALL db.index.fulltext.queryNodes('names', $lucene, {limit: 1000}) YIELD node AS n
