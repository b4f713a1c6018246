-- What media does or refuses by itself when rows change.

-- An act is not rewritten.
CREATE TRIGGER photo_act_append_only BEFORE UPDATE ON photo_act
    FOR EACH ROW EXECUTE FUNCTION photo_act_is_append_only();
