-- Who opened a number stays on record.
CREATE TRIGGER call_back_opening_append_only BEFORE UPDATE OR DELETE ON call_back_opening
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
