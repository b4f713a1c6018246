-- Indexes of duty beside those of keys and plain columns, which Piccolo makes.

-- The members of a team.
CREATE INDEX team_member_by_team ON team_member (team_id);

-- The grid cells of a team.
CREATE INDEX team_beat_by_team ON team_beat (team_id);

-- One named duty of a unit for an item in one place; a missing value counts as a value.
CREATE UNIQUE INDEX named_duty_once ON named_duty
    (unit_id, coalesce(item_id, ''), coalesce(team_id, 0), coalesce(area_code, ''));

-- The named duties of an account.
CREATE INDEX named_duty_by_account ON named_duty (account_id);

-- Who of a unit is on duty in an area.
CREATE INDEX duty_shift_by_unit_and_area ON duty_shift (unit_id, area_code, starts_at);

-- The shifts of a unit that have not ended; one without an end never does.
CREATE INDEX duty_shift_by_unit_and_end ON duty_shift (unit_id, (coalesce(ends_at, 'infinity'::timestamptz)));
