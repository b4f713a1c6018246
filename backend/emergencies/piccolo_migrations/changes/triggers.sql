-- What emergencies refuses by itself when rows change.

-- Who changed what is written once.
CREATE TRIGGER preparation_change_append_only BEFORE UPDATE OR DELETE ON preparation_change
    FOR EACH ROW EXECUTE FUNCTION refuse_other_word();
