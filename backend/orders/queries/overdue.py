"""Which orders are late, as SQL about `work_order o`: whoever owes the present stage has let its limit pass."""

IS_OVERDUE = """(CASE o.state
    WHEN 'dispatched' THEN least(o.respond_by, o.arrive_by, o.safe_by, o.resolve_by) < now()
    WHEN 'accepted' THEN least(CASE WHEN o.arrived_at IS NULL THEN o.arrive_by END,
        CASE WHEN o.made_safe_at IS NULL THEN o.safe_by END, o.resolve_by) < now()
    WHEN 'on_site' THEN least(CASE WHEN o.made_safe_at IS NULL THEN o.safe_by END, o.resolve_by) < now()
    WHEN 'handled' THEN coalesce(o.verify_by < now(), false)
    ELSE false END)"""
