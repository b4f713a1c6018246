-- The open fold of a place, kind and cause: what two batches at once both want to open is one.
CREATE UNIQUE INDEX alarm_fold_joinable ON alarm_fold (source_id, place_id, kind, cause)
    WHERE is_joinable AND place_id IS NOT NULL;

-- What waits to be filed, the urgent first.
CREATE INDEX alarm_fold_waiting ON alarm_fold (is_urgent DESC, id) WHERE state = 'waiting';

-- The fold of an order, and of a record.
CREATE INDEX alarm_fold_by_order ON alarm_fold (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX alarm_fold_by_record ON alarm_fold (record_id) WHERE record_id IS NOT NULL;

-- A device has one open alarm of a cause; the index also finds it.
CREATE UNIQUE INDEX sensor_alarm_open ON sensor_alarm (sensor_id, cause) WHERE ended_at IS NULL;

-- The alarms of a device, the latest end first.
CREATE INDEX sensor_alarm_by_sensor ON sensor_alarm (sensor_id, ended_at DESC);

-- The alarms of a fold.
CREATE INDEX sensor_alarm_by_fold ON sensor_alarm (fold_id);

-- Whose silence is to be looked at. Messages move none of its columns, so that they touch no index.
CREATE INDEX sensor_state_to_look_at ON sensor_state (look_at) WHERE silent_since IS NULL;
CREATE INDEX sensor_state_silent ON sensor_state (silent_since) WHERE silent_since IS NOT NULL;
CREATE INDEX sensor_watch_to_look_at ON sensor_watch (look_at) WHERE quiet_since IS NULL;

-- The devices of a watch, of a place, of an area.
CREATE INDEX sensor_by_watch ON sensor (watch_id) WHERE watch_id IS NOT NULL;
CREATE INDEX sensor_by_place ON sensor (place_id) WHERE place_id IS NOT NULL;
CREATE INDEX sensor_by_area ON sensor (area_code varchar_pattern_ops, id);

-- Written with each message: a row finds its next version on its own page.
ALTER TABLE sensor_state SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
