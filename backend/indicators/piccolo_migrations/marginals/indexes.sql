-- Indexes of activities beside those of keys.

-- What an activity adds.
CREATE INDEX activity_contribution_by_subject ON activity_contribution (kind, subject_id);

-- Days of an area.
CREATE INDEX activity_contribution_by_area ON activity_contribution (area_code, day);

-- Whether an activity is still to be counted.
CREATE INDEX activity_touched_by_subject ON activity_touched (kind, subject_id);
