-- What the daily job looks at, and the list of what is due next.
CREATE INDEX lift_by_due ON lift (least(inspect_by, maintained_on + maintain_days)) WHERE is_in_use;
CREATE INDEX lift_by_maintenance ON lift (maintenance_unit_id);
CREATE INDEX lift_change_by_lift ON lift_change (lift_id, id DESC);
