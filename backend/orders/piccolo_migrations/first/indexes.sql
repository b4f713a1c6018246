-- Indexes of orders beside those of keys and plain columns, which Piccolo makes.

-- Open orders by their deadline.
CREATE INDEX work_order_open_by_time ON work_order (resolve_by, id) WHERE state <> 'closed';

-- The open orders of a unit by their deadline.
CREATE INDEX work_order_open_by_unit ON work_order (unit_id, resolve_by, id) WHERE state <> 'closed';

-- The open orders of a place, on the path of every scan.
CREATE INDEX work_order_open_by_place ON work_order (place_id, opened_at) WHERE state <> 'closed';

-- The orders of a handler.
CREATE INDEX work_order_by_handler ON work_order (handler_id, resolve_by, id);

-- The orders that somebody opened.
CREATE INDEX work_order_by_opener ON work_order (opened_by_id, id);

-- What the escalation has to look at next.
CREATE INDEX work_order_ladder ON work_order (ladder_at) WHERE ladder_at IS NOT NULL;

-- The orders that were merged into one.
CREATE INDEX work_order_by_survivor ON work_order (merged_into_id) WHERE merged_into_id IS NOT NULL;

-- Open orders around a point. There is no index of all positions: nobody looks for ended ones.
CREATE INDEX work_order_open_around ON work_order USING gist (loc)
    WHERE state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended');

-- What was closed lately of an item, to find the same case again.
CREATE INDEX work_order_closed_lately ON work_order (item_id, closed_at) WHERE closed_at IS NOT NULL;

-- All that happened at a place.
CREATE INDEX work_order_by_place ON work_order (place_id, id) WHERE place_id IS NOT NULL;

-- One open root cause of an item at a place.
CREATE UNIQUE INDEX work_order_root_cause_once ON work_order (place_id, root_cause_of)
    WHERE root_cause_of IS NOT NULL AND state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended');

-- What was closed lately at a place, on the path of every scan.
CREATE INDEX work_order_closed_here ON work_order (place_id, closed_at) WHERE closed_at IS NOT NULL;

-- The orders that somebody holds.
CREATE INDEX work_order_held ON work_order (handler_id)
    WHERE state IN ('dispatched', 'accepted', 'on_site') AND handler_id IS NOT NULL;

-- What nobody has accepted in time.
CREATE INDEX work_order_unaccepted ON work_order (respond_by, id) WHERE state = 'dispatched' AND unit_id IS NOT NULL;

-- Open orders of the desk by what is due next; the expression is DUE_AT of overdue.py, a test asks.
CREATE INDEX work_order_desk_due ON work_order ((coalesce(
    CASE state
    WHEN 'dispatched' THEN least(respond_by, arrive_by, safe_by, resolve_by)
    WHEN 'accepted' THEN least(CASE WHEN arrived_at IS NULL THEN arrive_by END,
        CASE WHEN made_safe_at IS NULL THEN safe_by END, resolve_by)
    WHEN 'on_site' THEN least(CASE WHEN made_safe_at IS NULL THEN safe_by END, resolve_by)
    WHEN 'handled' THEN verify_by END, '9999-01-01 00:00:00+00'::timestamptz)), id)
    WHERE state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended');

-- Ended orders of the desk by their opening.
CREATE INDEX work_order_desk_ended ON work_order (opened_at, id) WHERE state IN ('closed', 'cancelled', 'merged');

-- The filters of the desk on ended orders; the expression is KEYS of conditions.py, a test asks.
CREATE INDEX work_order_desk_keys ON work_order USING gin ((ARRAY[
    'a' || left(area_code, 6), 'a' || left(area_code, 9), 'a' || area_code,
    'i' || left(item_id, 1), 'i' || left(item_id, 2), 'i' || item_id, 'g' || grid_code,
    'u' || unit_id::text, 'h' || handler_id::text, 'p' || priority, 's' || source_kind]))
    WHERE state IN ('closed', 'cancelled', 'merged');

-- The history of an order, oldest first.
CREATE INDEX order_step_by_order ON order_step (order_id, id);

-- A tap that is sent again is the same tap.
CREATE UNIQUE INDEX order_step_sent_once ON order_step (order_id, actor_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

-- Where an account's phone was lately.
CREATE INDEX order_step_sightings ON order_step (actor_id, id) WHERE point IS NOT NULL;

-- Fixes that are still stored whole, oldest first, for retention.
CREATE INDEX check_in_fixes ON check_in (fixed_at, id) WHERE fixed_at IS NOT NULL;

-- One open request of an order.
CREATE UNIQUE INDEX order_request_open_once ON order_request (order_id) WHERE decided_at IS NULL;

-- The requests of an order.
CREATE INDEX order_request_by_order ON order_request (order_id, id);

-- Calls that have not been made.
CREATE INDEX follow_up_waiting ON follow_up (listed_at, id) WHERE result IS NULL;

-- Calls that have not reached anybody.
CREATE INDEX follow_up_to_call ON follow_up (listed_at, id) WHERE result IS NULL OR result = 'unreached';

-- Calls that were answered, by time.
CREATE INDEX follow_up_called ON follow_up (called_at, id) WHERE result IN ('satisfied', 'unsatisfied', 'refused');

-- The orders that somebody follows.
CREATE INDEX order_follower_by_account ON order_follower (account_id, order_id);

-- The pauses of an order in their order.
CREATE INDEX order_pause_by_order ON order_pause (order_id, starts_at);

-- An order is suspended once at a time.
CREATE UNIQUE INDEX order_pause_open_once ON order_pause (order_id) WHERE kind = 'suspension' AND ends_at IS NULL;

-- What a step of the escalation has caused.
CREATE INDEX escalation_by_rung ON escalation (rung_id);
