"""How an order went, as SQL about `work_order o`: when the work was done, how long it took, whether in time.

The work is done when the handler says so, as the reporter waits for that; the time until somebody else has verified it
is the verifier's. An order that was closed without such a word was done when it was closed.
"""

from backend.orders.model.sources import BOOKED

DONE_AT = "coalesce(o.finished_at, o.closed_at)"
_BEGINS_AT = f"CASE WHEN o.source_kind = '{BOOKED}' THEN greatest(o.clock_from, o.opened_at) ELSE o.opened_at END"
TOOK_MIN = f"(extract(epoch FROM {DONE_AT} - {_BEGINS_AT}) / 60)"
"""Minutes on the wall from the report, or from the hour that was booked, to the work done; pauses included."""
IS_ON_TIME = f"({DONE_AT} <= o.resolve_by)"
"""Within the limit to resolve, as it was in the end, with all that was granted."""
