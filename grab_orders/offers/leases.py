"""By when whoever took an order has to be there, as SQL about `take t` and its `work_order o`.

A lease is shorter than the order's own limit to arrive. Once the desk has granted time, or a suspension has ended, the
order's own limit is what was promised, and nobody is called a no-show before it.
"""

from backend.orders.deadlines.granted import was_given_time

LEASE_UNTIL = f"""CASE WHEN {was_given_time("o.id", "t.taken_at")}
    THEN greatest(t.lease_until, coalesce(o.arrive_by, o.resolve_by)) ELSE t.lease_until END"""
