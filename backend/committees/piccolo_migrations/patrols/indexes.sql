-- Indexes of patrols beside those of keys.

-- The routes of a task of a list are found by the key of names; the tasks of a day, of all committees or of one.
CREATE INDEX patrol_task_by_day ON patrol_task (due_on, committee_code);

-- What somebody walks, or walked.
CREATE INDEX patrol_task_by_walker ON patrol_task (walker_id, due_on) WHERE walker_id IS NOT NULL;

-- What has not ended: a handful for each committee.
CREATE INDEX patrol_task_unended ON patrol_task (due_on) WHERE state IN ('open', 'claimed');

-- What was born of a version of a list.
CREATE INDEX patrol_task_by_entry ON patrol_task (entry_id);

-- When a place was visited.
CREATE INDEX patrol_stop_by_place ON patrol_stop (place_id, proved_at);

-- Where a place is on routes.
CREATE INDEX patrol_route_stop_by_place ON patrol_route_stop (place_id);

-- Which order was found on a patrol.
CREATE INDEX patrol_finding_by_order ON patrol_finding (order_id);
