-- The cameras of an area, by the beginning of its code.
CREATE INDEX camera_by_area ON camera (area_code varchar_pattern_ops, id);

-- The cameras of a place.
CREATE INDEX camera_by_place ON camera (place_id) WHERE place_id IS NOT NULL;

-- The event into which the next message of a kind goes.
CREATE INDEX camera_event_by_kind ON camera_event (camera_id, kind, last_at DESC) WHERE ended_at IS NULL;

-- What a camera saw of late.
CREATE INDEX camera_event_by_camera ON camera_event (camera_id, id DESC);

-- The event behind an order.
CREATE INDEX camera_event_by_order ON camera_event (order_id) WHERE order_id IS NOT NULL;

-- The event behind a record.
CREATE INDEX camera_event_by_record ON camera_event (record_id) WHERE record_id IS NOT NULL;

-- The messages of an event.
CREATE INDEX camera_detection_by_event ON camera_detection (event_id);

-- Who registered for a source.
CREATE INDEX viid_registration_by_source ON viid_registration (source_id);
