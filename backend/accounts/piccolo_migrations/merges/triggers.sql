-- What accounts refuses by itself when rows change.

-- Whoever was joined into another account goes on as that one: no chains, no rings.
CREATE FUNCTION refuse_merge_into_merged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM account_merge WHERE merged_id = NEW.survivor_id) THEN
        RAISE EXCEPTION 'the account goes on as another one'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'account_merge_into_standing';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER account_merge_into_standing AFTER INSERT OR UPDATE ON account_merge
    FOR EACH ROW EXECUTE FUNCTION refuse_merge_into_merged();

-- No session, link or name elsewhere is opened for an account that goes on as another one.
CREATE TRIGGER session_of_standing_account AFTER INSERT ON session
    FOR EACH ROW EXECUTE FUNCTION refuse_merged_account('account_id');
CREATE TRIGGER external_identity_of_standing_account AFTER INSERT OR UPDATE OF account_id ON external_identity
    FOR EACH ROW EXECUTE FUNCTION refuse_merged_account('account_id');
CREATE TRIGGER role_grant_of_standing_account AFTER INSERT ON role_grant
    FOR EACH ROW EXECUTE FUNCTION refuse_merged_account('account_id');
