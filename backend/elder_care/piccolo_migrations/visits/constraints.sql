ALTER TABLE lone_elder ADD CONSTRAINT lone_elder_of_a_committee CHECK (area_code ~ '^[0-9]{12}$');
ALTER TABLE lone_elder ADD CONSTRAINT lone_elder_risk_known CHECK (risk IN ('high', 'medium', 'low'));
ALTER TABLE lone_elder ADD CONSTRAINT lone_elder_way_known CHECK (way IN ('call', 'visit'));
ALTER TABLE lone_elder ADD CONSTRAINT lone_elder_visited_often CHECK (every_days BETWEEN 1 AND 31);
ALTER TABLE lone_elder ADD CONSTRAINT lone_elder_consented CHECK (consent IN ('self', 'family', 'guardian'));
-- A consent is renewed within two years.
ALTER TABLE lone_elder ADD CONSTRAINT lone_elder_term CHECK (until > consent_on AND until <= consent_on + 731);
-- What is cleared is gone, and nothing is cleared of whoever is visited.
ALTER TABLE lone_elder ADD CONSTRAINT lone_elder_cleared_whole
    CHECK (cleared_at IS NULL OR ended_at IS NOT NULL AND name IS NULL AND door IS NULL AND phone IS NULL
        AND contacts IS NULL);
CREATE UNIQUE INDEX lone_elder_label_once ON lone_elder (area_code, label);

-- Somebody is the visitor of an elder once at a time.
CREATE UNIQUE INDEX elder_visitor_once ON elder_visitor (elder_id, account_id) WHERE until IS NULL;

-- A day has one visit of an elder, however often rounds are made.
ALTER TABLE elder_visit ADD CONSTRAINT elder_visit_once_a_day UNIQUE (elder_id, due_on);
ALTER TABLE elder_visit ADD CONSTRAINT elder_visit_state_known CHECK (state IN ('due', 'done', 'missed'));
ALTER TABLE elder_visit ADD CONSTRAINT elder_visit_climbs CHECK (escalated BETWEEN 0 AND 3);
ALTER TABLE elder_visit ADD CONSTRAINT elder_visit_ended CHECK ((state <> 'due') = (ended_at IS NOT NULL));

ALTER TABLE elder_visit_record ADD CONSTRAINT elder_visit_record_outcome
    CHECK (outcome IN ('well', 'needs_help', 'not_opened'));
-- What a phone sends again is the same record.
ALTER TABLE elder_visit_record ADD CONSTRAINT elder_visit_record_key_once UNIQUE (by_id, client_key);
