-- Functions of events that columns, indexes and triggers below use.

-- What was recorded is evidence: it is added to and never altered. Orders use it too.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
