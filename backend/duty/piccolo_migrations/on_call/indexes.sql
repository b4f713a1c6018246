-- Who waits in an area, on the path of every report of something to grab.
CREATE INDEX on_call_by_area ON on_call (area_code, until);
