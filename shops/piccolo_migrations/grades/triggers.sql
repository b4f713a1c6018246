-- How a grade came to be is on record.
CREATE TRIGGER grade_change_append_only BEFORE UPDATE OR DELETE ON grade_change
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
