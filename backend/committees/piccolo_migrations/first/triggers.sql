-- What committees does or refuses by itself when rows change.

-- Whatever was born of a version can go on referring to it.
CREATE TRIGGER duty_entry_stays BEFORE UPDATE OR DELETE ON duty_entry FOR EACH ROW EXECUTE FUNCTION refuse_new_past();
