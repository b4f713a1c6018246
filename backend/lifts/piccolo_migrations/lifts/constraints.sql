-- The rule asks for fifteen days; by agreed need it may be up to two months.
ALTER TABLE lift ADD CONSTRAINT lift_maintained_in_time CHECK (maintain_days BETWEEN 1 AND 60);
ALTER TABLE lift ADD CONSTRAINT lift_numbered CHECK (btrim(lift_no) <> '');
-- Days of this age and the next, so that no arithmetic leaves the calendar.
ALTER TABLE lift ADD CONSTRAINT lift_days_sane
    CHECK (inspect_by BETWEEN '2000-01-01' AND '2100-12-31' AND maintained_on BETWEEN '2000-01-01' AND '2100-12-31');
