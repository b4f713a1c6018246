-- Functions of accounts that columns, indexes and triggers below use.

-- The argument names the column that holds the account's id.
CREATE FUNCTION tell_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The argument names the column that holds the account's id.
    IF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('yima_account', to_jsonb(OLD) ->> TG_ARGV[0]);
    ELSE
        PERFORM pg_notify('yima_account', to_jsonb(NEW) ->> TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $$;
