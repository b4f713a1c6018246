-- What qr does or refuses by itself when rows change.

-- What happened to a code is evidence.
CREATE TRIGGER qr_change_append_only BEFORE UPDATE OR DELETE ON qr_change
    FOR EACH ROW EXECUTE FUNCTION qr_change_append_only();
