// Writes things of one type, none of which is there.
// $rows: lists of values
// LABELS stands for the labels, PROPERTIES for the properties that a row holds, which can't be parameters.
UNWIND $rows AS row
CREATE (:LABELS {PROPERTIES, createdAt: $now, updatedAt: $now, version: 1})
