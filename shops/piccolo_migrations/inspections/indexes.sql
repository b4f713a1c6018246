-- The findings of a shop in a time: grades and reports.
CREATE INDEX inspection_finding_by_shop ON inspection_finding (shop_id, found_at);

-- What is open and falls due: what climbs.
CREATE INDEX inspection_finding_open ON inspection_finding (due_at) WHERE state = 'open';

-- The inspections of a shop, the latest first.
CREATE INDEX inspection_by_shop ON inspection (shop_id, received_at DESC);

-- The story of a finding.
CREATE INDEX finding_step_by_finding ON finding_step (finding_id, id);

-- Keys that lead elsewhere.
CREATE INDEX inspection_by_checklist ON inspection (checklist_id);
CREATE INDEX inspection_finding_by_point ON inspection_finding (point_id);
CREATE INDEX inspection_finding_by_earlier ON inspection_finding (repeat_of_id) WHERE repeat_of_id IS NOT NULL;
