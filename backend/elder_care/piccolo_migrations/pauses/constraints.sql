-- What nobody has to make because the elder is away.
ALTER TABLE elder_visit DROP CONSTRAINT elder_visit_state_known;
ALTER TABLE elder_visit ADD CONSTRAINT elder_visit_state_known CHECK (state IN ('due', 'done', 'missed', 'paused'));
-- Days of this age and the next, so that no arithmetic leaves the calendar.
ALTER TABLE lone_elder ADD CONSTRAINT lone_elder_paused_sanely
    CHECK (paused_until BETWEEN '2000-01-01' AND '2100-12-31');
