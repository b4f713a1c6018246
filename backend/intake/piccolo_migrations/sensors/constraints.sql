-- What no row about sensors may say, whoever writes it.

-- A number of a source is one device.
ALTER TABLE sensor ADD CONSTRAINT sensor_once UNIQUE (source_id, device_no);

-- A device has a number.
ALTER TABLE sensor ADD CONSTRAINT sensor_numbered CHECK (device_no <> '');

-- A device is at a place, or at a position.
ALTER TABLE sensor ADD CONSTRAINT sensor_is_somewhere CHECK (place_id IS NOT NULL OR loc IS NOT NULL);

-- A range has its lower end below the upper one.
ALTER TABLE sensor ADD CONSTRAINT sensor_range_ordered CHECK (low IS NULL OR high IS NULL OR low < high);

-- A device that shows nothing but zero would never report.
ALTER TABLE sensor ADD CONSTRAINT sensor_gain_not_zero CHECK (gain <> 0);

-- Nobody is silent at once.
ALTER TABLE sensor ADD CONSTRAINT sensor_silence_positive CHECK (silence_min > 0);

-- What was right or wrong is counted up.
ALTER TABLE sensor ADD CONSTRAINT sensor_counts_not_negative CHECK (right_count >= 0 AND wrong_count >= 0);

-- A watch is one of its source, and waits for some hours at least.
ALTER TABLE sensor_watch ADD CONSTRAINT sensor_watch_once UNIQUE (source_id, name);
ALTER TABLE sensor_watch ADD CONSTRAINT sensor_watch_hours CHECK (quiet_hours BETWEEN 1 AND 168);

-- A number waits to be claimed once.
ALTER TABLE unknown_sensor ADD CONSTRAINT unknown_sensor_once UNIQUE (source_id, device_no);

-- The states that there are.
ALTER TABLE alarm_fold ADD CONSTRAINT alarm_fold_state_known
    CHECK (state IN ('waiting', 'filed', 'unsure', 'refused', 'over'));

-- A fold is of a place, or of a device.
ALTER TABLE alarm_fold ADD CONSTRAINT alarm_fold_of_one CHECK ((place_id IS NULL) <> (sensor_id IS NULL));

-- What has ended takes in nobody.
ALTER TABLE alarm_fold ADD CONSTRAINT alarm_fold_ended_takes_none CHECK (ended_at IS NULL OR NOT is_joinable);

-- What was filed has its order.
ALTER TABLE alarm_fold ADD CONSTRAINT alarm_fold_filed_has_order CHECK (state <> 'filed' OR order_id IS NOT NULL);

-- A fold has an alarm at least, and an alarm a reading.
ALTER TABLE alarm_fold ADD CONSTRAINT alarm_fold_of_some CHECK (sensors > 0);
ALTER TABLE sensor_alarm ADD CONSTRAINT sensor_alarm_of_some CHECK (readings > 0);

-- The first message is not later than the last, and an alarm is over only after it.
ALTER TABLE sensor_alarm ADD CONSTRAINT sensor_alarm_ordered
    CHECK (first_at <= last_at AND (cleared_at IS NULL OR cleared_at > last_at));

-- A day of a source is one row.
ALTER TABLE sensor_day ADD CONSTRAINT sensor_day_once UNIQUE (source_id, on_day);
