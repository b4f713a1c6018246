-- What no row about a kind of device may say, whoever writes it.

-- A kind is one row, and a cause of a kind is one.
ALTER TABLE sensor_kind ADD CONSTRAINT sensor_kind_once UNIQUE (code);
ALTER TABLE sensor_cause ADD CONSTRAINT sensor_cause_once UNIQUE (kind, code);

-- Codes stand in messages and topics: small letters, digits and _, a letter first.
ALTER TABLE sensor_kind ADD CONSTRAINT sensor_kind_code CHECK (code ~ '^[a-z][a-z0-9_]{1,23}$');
ALTER TABLE sensor_cause ADD CONSTRAINT sensor_cause_code
    CHECK (code ~ '^[a-z][a-z0-9_]{1,23}$' AND kind ~ '^[a-z][a-z0-9_]{1,23}$');

-- What people read has words in both languages.
ALTER TABLE sensor_kind ADD CONSTRAINT sensor_kind_named CHECK (name_zh <> '' AND name_en <> '');
ALTER TABLE sensor_cause ADD CONSTRAINT sensor_cause_named CHECK (name_zh <> '' AND name_en <> '');

-- A range has its lower end below the upper one, and a battery a percentage.
ALTER TABLE sensor_kind ADD CONSTRAINT sensor_kind_range_ordered CHECK (low IS NULL OR high IS NULL OR low < high);
ALTER TABLE sensor_kind ADD CONSTRAINT sensor_kind_battery CHECK (battery_floor BETWEEN 0 AND 100);

-- Nobody is silent at once, and nothing ends before it begins.
ALTER TABLE sensor_kind ADD CONSTRAINT sensor_kind_silence_positive CHECK (silence_min > 0);
ALTER TABLE sensor_cause ADD CONSTRAINT sensor_cause_spans CHECK (fold_min >= 0 AND storm_min >= 0);

-- The triggers that there are; whatever is an alarm says which item it is, and why somebody goes.
ALTER TABLE sensor_cause ADD CONSTRAINT sensor_cause_trigger_known
    CHECK (trigger IN ('event', 'high', 'low', 'activity', 'quiet'));
ALTER TABLE sensor_cause ADD CONSTRAINT sensor_cause_alarm_has_item
    CHECK (trigger = 'activity' OR item_id IS NOT NULL AND reason_zh <> '' AND reason_en <> '');
