-- Indexes of emergencies beside those of keys.

-- What is told from elsewhere is a line of the log once.
CREATE UNIQUE INDEX situation_entry_source_once ON situation_entry (emergency_id, source_key)
    WHERE source_key IS NOT NULL;

-- What was changed of a plan.
CREATE INDEX preparation_change_of_plan ON preparation_change (plan_id, id DESC) WHERE plan_id IS NOT NULL;

-- What was changed of a group.
CREATE INDEX preparation_change_of_group ON preparation_change (group_id, id DESC) WHERE group_id IS NOT NULL;
