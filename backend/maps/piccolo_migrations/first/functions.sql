-- Functions of maps that triggers below use.

-- Notes that a statement changed what maps draw. An insert and no update: writers of places never wait for each other.
CREATE FUNCTION note_map_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO map_change DEFAULT VALUES;
    RETURN NULL;
END $$;
