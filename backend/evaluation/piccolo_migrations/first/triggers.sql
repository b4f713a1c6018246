-- What evaluation refuses by itself when rows change.

-- Settings are written once.
CREATE TRIGGER evaluation_setting_append_only BEFORE UPDATE OR DELETE ON evaluation_setting
    FOR EACH ROW EXECUTE FUNCTION refuse_other_setting();

-- A decision is no draft.
CREATE TRIGGER score_appeal_decided_once BEFORE UPDATE ON score_appeal
    FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION refuse_second_decision();
