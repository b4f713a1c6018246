-- What accounts does or refuses by itself when rows change.

-- Web processes read again what an account may do.
CREATE TRIGGER account_changed AFTER UPDATE OF is_active, unit_id, display_name ON account FOR EACH ROW
    WHEN ((OLD.is_active, OLD.unit_id, OLD.display_name)
        IS DISTINCT FROM (NEW.is_active, NEW.unit_id, NEW.display_name))
    EXECUTE FUNCTION tell_of_account('id');

-- Web processes read again what an account may do.
CREATE TRIGGER role_grant_changed AFTER INSERT OR UPDATE OR DELETE ON role_grant FOR EACH ROW
    EXECUTE FUNCTION tell_of_account('account_id');

-- Web processes refuse a session as soon as it is ended or shortened.
CREATE TRIGGER session_ended AFTER UPDATE OF revoked_at, expires_at ON session FOR EACH ROW
    WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at OR NEW.expires_at < OLD.expires_at)
    EXECUTE FUNCTION tell_of_account('account_id');

-- Web processes refuse a session that is gone.
CREATE TRIGGER session_deleted AFTER DELETE ON session FOR EACH ROW EXECUTE FUNCTION tell_of_account('account_id');
