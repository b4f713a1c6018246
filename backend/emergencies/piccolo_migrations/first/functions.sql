-- Functions of emergencies that triggers below use.

-- What was said in an emergency is evidence.
CREATE FUNCTION refuse_other_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
