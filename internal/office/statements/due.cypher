// The bases with which the calendar has something to do by a day.
// $p.today
MATCH (r:Registration)
  WHERE r.due <= $p.today
RETURN r.base AS base ORDER BY r.due, base LIMIT 500
