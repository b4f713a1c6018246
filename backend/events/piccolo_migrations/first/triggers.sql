-- What events does or refuses by itself when rows change.

-- Old events may be deleted when their time is over; nobody rewrites one.
CREATE TRIGGER event_log_append_only BEFORE UPDATE ON event_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
