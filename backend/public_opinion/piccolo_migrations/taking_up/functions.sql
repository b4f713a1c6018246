-- What somebody did with a warning stays as it was done.
CREATE FUNCTION refuse_other_matter_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
