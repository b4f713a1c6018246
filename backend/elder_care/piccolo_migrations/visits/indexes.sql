-- Who is visited, by committee.
CREATE INDEX lone_elder_by_area ON lone_elder (area_code varchar_pattern_ops, id) WHERE ended_at IS NULL;
CREATE INDEX elder_visitor_by_account ON elder_visitor (account_id) WHERE until IS NULL;
CREATE INDEX elder_opening_by_elder ON elder_opening (elder_id, id DESC);
-- What has to be done, and what climbs next.
CREATE INDEX elder_visit_due ON elder_visit (due_at) WHERE state = 'due';
CREATE INDEX elder_visit_by_day ON elder_visit (due_on);
CREATE INDEX elder_visit_record_by_visit ON elder_visit_record (visit_id, id DESC);
