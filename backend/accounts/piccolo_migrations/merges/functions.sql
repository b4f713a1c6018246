-- Functions of accounts that triggers of the tables use in which people leave something.

-- The argument names the column that holds the account's id. Called after the row's foreign keys were looked at, which
-- waits for a merge of that account: what was under way meanwhile is refused, and sent again by the account that goes on.
CREATE FUNCTION refuse_merged_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM account_merge WHERE merged_id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint) THEN
        RAISE EXCEPTION 'the account goes on as another one'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'account_is_merged';
    END IF;
    RETURN NULL;
END $$;
