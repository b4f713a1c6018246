-- What no row of duty may say, whoever writes it.

-- Rosters name a team by its code.
ALTER TABLE team ADD CONSTRAINT team_code_said CHECK (code <> '');

-- A code names one team of a unit.
ALTER TABLE team ADD CONSTRAINT team_code_once UNIQUE (unit_id, code);

-- What named_duty_team_of_its_unit refers to.
ALTER TABLE team ADD CONSTRAINT team_of_its_unit UNIQUE (id, unit_id);

-- Joining twice changes nothing.
ALTER TABLE team_member ADD CONSTRAINT team_member_once UNIQUE (account_id, team_id);

-- A grid cell belongs to a team once.
ALTER TABLE team_beat ADD CONSTRAINT team_beat_once UNIQUE (grid_cell_id, team_id);

-- A named duty is for a team's beat or for an area, never both.
ALTER TABLE named_duty ADD CONSTRAINT named_duty_somewhere CHECK ((team_id IS NULL) <> (area_code IS NULL));

-- An area is named by the first digits of its national code.
ALTER TABLE named_duty ADD CONSTRAINT named_duty_area_prefix
    CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- Nobody supervises himself.
ALTER TABLE named_duty ADD CONSTRAINT named_duty_supervised_by_another CHECK (supervisor_id <> account_id);

-- The team belongs to the unit of the duty.
ALTER TABLE named_duty ADD CONSTRAINT named_duty_team_of_its_unit
    FOREIGN KEY (team_id, unit_id) REFERENCES team (id, unit_id) ON DELETE RESTRICT ON UPDATE CASCADE;

-- A shift lasts.
ALTER TABLE duty_shift ADD CONSTRAINT duty_shift_ends_later CHECK (ends_at > starts_at);

-- An area is named by the first digits of its national code; none means everywhere.
ALTER TABLE duty_shift ADD CONSTRAINT duty_shift_area_prefix
    CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$');

-- The same roster read twice gives one shift.
ALTER TABLE duty_shift ADD CONSTRAINT duty_shift_starts_once UNIQUE (account_id, unit_id, area_code, starts_at);

-- Accuracy is a distance in metres.
ALTER TABLE staff_position ADD CONSTRAINT staff_position_accuracy_not_negative CHECK (accuracy_m >= 0);
