-- Who did what with a warning is never put otherwise.
CREATE TRIGGER matter_step_append_only BEFORE UPDATE OR DELETE ON matter_step
    FOR EACH ROW EXECUTE FUNCTION refuse_other_matter_step();
