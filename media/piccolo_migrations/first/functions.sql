-- Functions of media that columns, indexes and triggers below use.

-- Who did what to a photo is evidence.
CREATE FUNCTION photo_act_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'photo_act is append only';
END $$;
