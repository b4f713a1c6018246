-- Functions of committees that triggers below use.

-- What is laid down once is not altered: what comes later is a version of its own.
CREATE FUNCTION refuse_new_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are not altered: a later version is a row of its own', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
