-- The story of a finding is evidence.
CREATE TRIGGER finding_step_append_only BEFORE UPDATE OR DELETE ON finding_step
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
