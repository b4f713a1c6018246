-- Functions of calendars that triggers below use.

-- Deadlines were counted by a stretch: it ends once, and nothing else of it changes.
CREATE FUNCTION refuse_other_stretch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ends_at IS NULL AND NEW.ends_at IS NOT NULL THEN
        OLD.ends_at := NEW.ends_at;
        IF OLD *= NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a stretch of emergency ends once and is not altered' USING ERRCODE = 'restrict_violation';
END $$;
