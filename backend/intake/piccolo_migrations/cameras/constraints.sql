-- What no row of cameras may say, whoever writes it.

-- A number of a source is one camera.
ALTER TABLE camera ADD CONSTRAINT camera_number_once UNIQUE (source_id, camera_no);

-- A camera has a number.
ALTER TABLE camera ADD CONSTRAINT camera_number_is_one CHECK (camera_no <> '');

-- What a camera may look at.
ALTER TABLE camera ADD CONSTRAINT camera_spot_known
    CHECK (spot IN ('lift', 'corridor', 'exit', 'street', 'front', 'bins', 'yard', 'other'));

-- The states that there are.
ALTER TABLE camera ADD CONSTRAINT camera_state_known CHECK (state IN ('unknown', 'in_use', 'off'));

-- Nothing becomes an order of a camera that hangs nobody knows where.
ALTER TABLE camera ADD CONSTRAINT camera_in_use_has_a_place CHECK (state <> 'in_use' OR place_id IS NOT NULL);

-- Verdicts are counted upwards.
ALTER TABLE camera ADD CONSTRAINT camera_counts_up CHECK (right_count >= 0 AND wrong_count >= 0);

-- The fates that there are.
ALTER TABLE camera_event ADD CONSTRAINT camera_event_fate_known
    CHECK (fate IN ('held', 'watched', 'notified', 'filed', 'over'));

-- An event does not end before it began.
ALTER TABLE camera_event ADD CONSTRAINT camera_event_runs_forward CHECK (first_at <= last_at);

-- An event was told at least once.
ALTER TABLE camera_event ADD CONSTRAINT camera_event_has_detections CHECK (detection_count >= 1);

-- The verdicts that there are.
ALTER TABLE camera_event ADD CONSTRAINT camera_event_verdict_known CHECK (verdict IN ('right', 'wrong'));

-- What was filed is on record.
ALTER TABLE camera_event ADD CONSTRAINT camera_event_filed_is_on_record
    CHECK (fate <> 'filed' OR record_id IS NOT NULL);

-- A level of the ladder is a share of the time.
ALTER TABLE camera_event ADD CONSTRAINT camera_event_percent_is_one CHECK (notified_percent BETWEEN 0 AND 100);

-- A message of a camera counts once.
ALTER TABLE camera_detection ADD CONSTRAINT camera_detection_once UNIQUE (camera_id, detection_no);

-- A device has one registration from one address.
ALTER TABLE viid_registration ADD CONSTRAINT viid_registration_once UNIQUE (device_no, address);
