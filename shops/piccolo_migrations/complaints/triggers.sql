-- Who read an identity stays on record.
CREATE TRIGGER identity_reading_append_only BEFORE UPDATE OR DELETE ON identity_reading
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
