-- Indexes of emergencies beside those of keys.

-- One at a time over an area, whoever begins it; and what is on: a handful, for the frame of every page of staff.
CREATE UNIQUE INDEX emergency_one_at_a_time ON emergency (area_code) WHERE ended_at IS NULL;

-- What was on in an area.
CREATE INDEX emergency_by_area ON emergency (area_code varchar_pattern_ops, begun_at);

-- The levels of an emergency.
CREATE INDEX emergency_level_of ON emergency_level (emergency_id);

-- One commander and one deputy of a group.
CREATE UNIQUE INDEX command_member_one_commander ON command_member (group_id, part) WHERE part <> 'member';

-- Everybody is in a group once.
CREATE UNIQUE INDEX command_member_once ON command_member
    (group_id, coalesce(account_id, 0), coalesce(role, ''), coalesce(unit_id, 0));

-- What somebody leads, or is in by name.
CREATE INDEX command_member_by_account ON command_member (account_id) WHERE account_id IS NOT NULL;

-- The log of an emergency.
CREATE INDEX situation_entry_of ON situation_entry (emergency_id, happened_at);

-- An order is noted once.
CREATE UNIQUE INDEX situation_entry_order_once ON situation_entry (emergency_id, order_id) WHERE order_id IS NOT NULL;

-- The broadcasts of an emergency.
CREATE INDEX broadcast_of ON broadcast (emergency_id, sent_at);

-- A form that is sent again sends nothing.
CREATE UNIQUE INDEX broadcast_key_once ON broadcast (sent_by_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- What somebody was sent.
CREATE INDEX broadcast_receipt_by_account ON broadcast_receipt (account_id);

-- Who is silent.
CREATE INDEX broadcast_receipt_silent ON broadcast_receipt (broadcast_id) WHERE answered_at IS NULL;

-- Who opened whose number.
CREATE INDEX silent_number_opening_of ON silent_number_opening (receipt_id);
