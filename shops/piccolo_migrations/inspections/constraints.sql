-- A version of a list stands once within an area.
ALTER TABLE checklist ADD CONSTRAINT checklist_version_once UNIQUE (area_code, code, version);
ALTER TABLE checklist ADD CONSTRAINT checklist_version_counts CHECK (version >= 1);

-- The departments that inspect.
ALTER TABLE checklist ADD CONSTRAINT checklist_department_known
    CHECK (department IN ('city_management', 'market_supervision', 'fire', 'greening'));

-- A point stands once in a list, takes some points, and leaves some time.
ALTER TABLE checklist_point ADD CONSTRAINT checklist_point_once UNIQUE (checklist_id, number);
ALTER TABLE checklist_point ADD CONSTRAINT checklist_point_bearable
    CHECK (points BETWEEN 0 AND 100 AND fix_within_h BETWEEN 1 AND 2160 AND btrim(legal_basis) <> '');

-- What a phone sends again is the same inspection.
ALTER TABLE inspection ADD CONSTRAINT inspection_key_once UNIQUE (inspector_id, client_key);
ALTER TABLE inspection ADD CONSTRAINT inspection_score_bounded CHECK (score BETWEEN 0 AND 100);

-- A point is found once in an inspection.
ALTER TABLE inspection_finding ADD CONSTRAINT inspection_finding_point_once UNIQUE (inspection_id, point_id);

-- The life of a finding; what is put right says when, and nothing else does.
ALTER TABLE inspection_finding ADD CONSTRAINT inspection_finding_state_known
    CHECK (state IN ('open', 'answered', 'fixed', 'appealed', 'struck'));
ALTER TABLE inspection_finding ADD CONSTRAINT inspection_finding_fixed_says_when
    CHECK ((state = 'fixed') = (fixed_at IS NOT NULL));
ALTER TABLE inspection_finding ADD CONSTRAINT inspection_finding_due_later CHECK (due_at > found_at);
ALTER TABLE inspection_finding ADD CONSTRAINT inspection_finding_escalated_known CHECK (escalated BETWEEN 0 AND 2);

-- The moves that there are, each sent once.
ALTER TABLE finding_step ADD CONSTRAINT finding_step_move_known
    CHECK (move IN ('open', 'answer', 'pass', 'fail', 'appeal', 'uphold', 'strike', 'escalate'));
ALTER TABLE finding_step ADD CONSTRAINT finding_step_key_once UNIQUE (finding_id, actor_id, client_key);
