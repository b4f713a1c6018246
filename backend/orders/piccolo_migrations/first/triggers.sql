-- What orders does or refuses by itself when rows change.

-- Whoever changes the order, the escalation notices.
CREATE TRIGGER work_order_wakes_ladder BEFORE UPDATE ON work_order FOR EACH ROW
    WHEN ((OLD.state, OLD.respond_by, OLD.arrive_by, OLD.safe_by, OLD.resolve_by, OLD.verify_by, OLD.made_safe_at)
        IS DISTINCT FROM
        (NEW.state, NEW.respond_by, NEW.arrive_by, NEW.safe_by, NEW.resolve_by, NEW.verify_by, NEW.made_safe_at))
    EXECUTE FUNCTION wake_ladder();

-- The history of an order is evidence.
CREATE TRIGGER order_step_append_only BEFORE UPDATE OR DELETE ON order_step
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
