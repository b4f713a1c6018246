-- What calendars refuses by itself when rows change.

-- What was counted under it stays countable.
CREATE TRIGGER emergency_stretch_stays BEFORE UPDATE OR DELETE ON emergency_stretch
    FOR EACH ROW EXECUTE FUNCTION refuse_other_stretch();
