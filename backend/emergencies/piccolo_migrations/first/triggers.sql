-- What emergencies refuses by itself when rows change.

-- The situation log is written once.
CREATE TRIGGER situation_entry_append_only BEFORE UPDATE OR DELETE ON situation_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_other_word();

-- So are levels.
CREATE TRIGGER emergency_level_append_only BEFORE UPDATE OR DELETE ON emergency_level
    FOR EACH ROW EXECUTE FUNCTION refuse_other_word();

-- So are openings of numbers.
CREATE TRIGGER silent_number_opening_append_only BEFORE UPDATE OR DELETE ON silent_number_opening
    FOR EACH ROW EXECUTE FUNCTION refuse_other_word();
