-- The campaigns of an area, by the beginning of its code.
CREATE INDEX campaign_by_area ON campaign (area_code varchar_pattern_ops, id);

-- Those that run, for the clock.
CREATE INDEX campaign_running ON campaign (id) WHERE state = 'running';

-- Who goes in a campaign.
CREATE INDEX campaign_assignee_by_campaign ON campaign_assignee (campaign_id);

-- What is called so at a place is a target of a campaign once; several households share a door.
CREATE UNIQUE INDEX campaign_target_place_once ON campaign_target (campaign_id, place_id, kind, label)
    WHERE place_id IS NOT NULL AND removed_at IS NULL;

-- A line of a list that names no place of ours is one target, however often the list is read.
CREATE UNIQUE INDEX campaign_target_said_once ON campaign_target (campaign_id, said, kind)
    WHERE place_id IS NULL AND removed_at IS NULL AND said <> '';

-- Lines of lists that nobody has looked up yet.
CREATE INDEX campaign_target_waiting ON campaign_target (campaign_id, id) WHERE problem = 'waiting';

-- The targets of a campaign.
CREATE INDEX campaign_target_by_campaign ON campaign_target (campaign_id, id);

-- What a round is looked at for: its deadline, or the warning before it.
CREATE INDEX campaign_round_open ON campaign_round (due_at) WHERE closed_at IS NULL;

-- The tasks of a round by area.
CREATE INDEX campaign_task_by_round ON campaign_task (round_id, area_code);

-- What is still to be done, for those who go.
CREATE INDEX campaign_task_open ON campaign_task (campaign_id, area_code varchar_pattern_ops) WHERE state = 'open';

-- The rounds of a target.
CREATE INDEX campaign_task_by_target ON campaign_task (target_id);

-- The records of a campaign, the latest first.
CREATE INDEX campaign_record_by_campaign ON campaign_record (campaign_id, id DESC);

-- The records of a task.
CREATE INDEX campaign_record_by_task ON campaign_record (task_id, id);

-- What is to be destroyed.
CREATE INDEX campaign_record_to_erase ON campaign_record (erase_at) WHERE personal IS NOT NULL;

-- The order that the same answer at the same target led to.
CREATE INDEX campaign_order_by_target ON campaign_order (target_id, field, id DESC);

-- The records behind an order.
CREATE INDEX campaign_order_by_order ON campaign_order (order_id) WHERE order_id IS NOT NULL;

-- What a campaign led to.
CREATE INDEX campaign_order_by_campaign ON campaign_order (campaign_id, id DESC);

-- Who read what is sealed of a record.
CREATE INDEX campaign_reading_by_campaign ON campaign_reading (campaign_id, id DESC);
