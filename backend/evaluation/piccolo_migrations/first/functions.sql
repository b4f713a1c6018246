-- Functions of evaluation that triggers below use.

-- What was set stands as history.
CREATE FUNCTION refuse_other_setting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- What was decided stays decided, and nobody takes an appeal away.
CREATE FUNCTION refuse_second_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an appeal is decided once' USING ERRCODE = 'restrict_violation';
END $$;
