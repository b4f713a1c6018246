"""The statements by which a camera's messages are folded. All of them within the lock of the camera's row."""

LOCK_CAMERA = """
    INSERT INTO camera (source_id, camera_no, area_code, seen_at)
    VALUES (:source_id, :camera_no, :area_code, :now)
    ON CONFLICT (source_id, camera_no) DO UPDATE SET seen_at = greatest(camera.seen_at, excluded.seen_at)
    RETURNING id, camera_no, name, place_id, area_code, spot, state, right_count, wrong_count, xmax = 0 AS is_new
"""
FIND_DETECTION = """
    SELECT c.id AS camera_id, e.id AS event_id, d.detection_no, e.fate, e.detection_count, e.order_id, o.number
      FROM camera c
      JOIN camera_detection d ON d.camera_id = c.id AND d.detection_no = $3
      JOIN camera_event e ON e.id = d.event_id
      LEFT JOIN work_order o ON o.id = e.order_id
     WHERE c.source_id = $1 AND c.camera_no = $2
"""
LATEST = """
    SELECT id, first_at, last_at FROM camera_event
     WHERE camera_id = $1 AND kind = $2 AND ended_at IS NULL ORDER BY last_at DESC, id DESC LIMIT 1
"""
FOLD = """
    UPDATE camera_event SET detection_count = detection_count + 1,
           first_at = least(first_at, :at), last_at = greatest(last_at, :at)
     WHERE id = :event_id RETURNING id, first_at, last_at, fate, notified_percent
"""
ADD_EVENT = """
    INSERT INTO camera_event (camera_id, kind, class_code, text, first_at, last_at, photo_id, fate)
    VALUES (:camera_id, :kind, :class_code, :text, :at, :at, :photo_id, 'held')
    RETURNING id, first_at, last_at, fate, notified_percent
"""
ADD_DETECTION = """
    INSERT INTO camera_detection (camera_id, detection_no, event_id, received_at) VALUES ($1, $2, $3, $4)
"""
SET_NEXT = """
    UPDATE camera_event SET fate = :fate, notified_percent = coalesce(:level::smallint, notified_percent),
           ended_at = coalesce(:ended_at::timestamptz, ended_at)
     WHERE id = :event_id
"""
