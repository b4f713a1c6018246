"""Pieces of SQL about findings, for statements that count many of them. They need `f`, a finding."""

ANSWERED_AT = """CASE WHEN f.state <> 'open' THEN (SELECT max(s.at) FROM finding_step s
        WHERE s.finding_id = f.id AND s.move IN ('answer', 'appeal')) END"""
"""When the shop did its part; null while it is the shop's turn."""


def is_overdue(now: str) -> str:
    """What FoundFinding.is_overdue says, of an expression for the instant."""
    return f"(coalesce({ANSWERED_AT}, {now}) > f.due_at)"
