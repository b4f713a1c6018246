"""When an order is due, by which limit, and which orders are late, as SQL about `work_order o`: the nearest limit of
whoever owes the present stage. An order whose clock stands still is due never.

This is the one decision: lists, the desk, its counts and map, the export, an order's page and its clock read it. The
escalation goes by the same columns, stage by stage (deadlines/stages.py); a test holds the two against each other.
"""

from datetime import UTC, datetime

from backend.orders.model.states import State, quoted

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_NEVER = "'9999-01-01 00:00:00+00'::timestamptz"
_UNTAKEN = quoted((State.OFFERED, State.DISPATCHED))
_BEFORE_ARRIVAL = quoted((State.OFFERED, State.DISPATCHED, State.ACCEPTED))
# An index of open orders is built on this expression: what changes here changes there.
DUE_AT = f"""coalesce(CASE o.state
    WHEN '{State.OFFERED}' THEN least(o.respond_by, o.arrive_by, o.safe_by, o.resolve_by)
    WHEN '{State.DISPATCHED}' THEN least(o.respond_by, o.arrive_by, o.safe_by, o.resolve_by)
    WHEN '{State.ACCEPTED}' THEN least(CASE WHEN o.arrived_at IS NULL THEN o.arrive_by END,
        CASE WHEN o.made_safe_at IS NULL THEN o.safe_by END, o.resolve_by)
    WHEN '{State.ON_SITE}' THEN least(CASE WHEN o.made_safe_at IS NULL THEN o.safe_by END, o.resolve_by)
    WHEN '{State.HANDLED}' THEN o.verify_by END, '9999-01-01 00:00:00+00'::timestamptz)"""
DUE_STAGE = f"""CASE {DUE_AT}
    WHEN {_NEVER} THEN NULL
    WHEN CASE WHEN o.state = '{State.HANDLED}' THEN o.verify_by END THEN 'verify'
    WHEN CASE WHEN o.state IN ({_UNTAKEN}) THEN o.respond_by END THEN 'respond'
    WHEN CASE WHEN o.state IN ({_BEFORE_ARRIVAL}) AND o.arrived_at IS NULL THEN o.arrive_by END THEN 'arrive'
    WHEN CASE WHEN o.made_safe_at IS NULL THEN o.safe_by END THEN 'safe'
    ELSE 'resolve' END"""
"""Which limit that is; null where none runs."""
PROMISED_BY = f"CASE WHEN {DUE_AT} < {_NEVER} AND o.state <> '{State.HANDLED}' THEN o.resolve_by END"
"""By when the work is promised to be done; null once it is, and while the clock stands still."""


def is_overdue(now: str = "now()") -> str:
    """Whether it is late at an instant, by default at the beginning of the transaction."""
    return f"({DUE_AT} < {now})"
