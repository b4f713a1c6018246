-- Functions of qr that columns, indexes and triggers below use.

-- What happened to a code is evidence.
CREATE FUNCTION qr_change_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'qr_change is append only'; END $$;
