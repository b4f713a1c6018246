"""When an order is due and which orders are late, as SQL about `work_order o`: the limit of whoever owes the present
stage. An order whose clock stands still is due never.
"""

from datetime import UTC, datetime

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
# An index of open orders is built on this expression: what changes here changes there.
DUE_AT = """coalesce(CASE o.state
    WHEN 'dispatched' THEN least(o.respond_by, o.arrive_by, o.safe_by, o.resolve_by)
    WHEN 'accepted' THEN least(CASE WHEN o.arrived_at IS NULL THEN o.arrive_by END,
        CASE WHEN o.made_safe_at IS NULL THEN o.safe_by END, o.resolve_by)
    WHEN 'on_site' THEN least(CASE WHEN o.made_safe_at IS NULL THEN o.safe_by END, o.resolve_by)
    WHEN 'handled' THEN o.verify_by END, '9999-01-01 00:00:00+00'::timestamptz)"""
IS_OVERDUE = f"({DUE_AT} < now())"
