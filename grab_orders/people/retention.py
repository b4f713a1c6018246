"""Names, numbers and phones of who was refused or left are deleted after their term. The year and the hours stay."""

from datetime import datetime, timedelta

from backend import db

_CLEAR = """
    UPDATE volunteer SET real_name = NULL, id_number = NULL, id_print = NULL, phone = NULL,
           guardian_name = NULL, guardian_phone = NULL, cleared_at = $1
    WHERE status IN ('refused', 'left') AND cleared_at IS NULL AND coalesce(left_at, decided_at) < $2
    RETURNING id
"""


async def clear_sealed(now: datetime, keep: timedelta) -> int:
    """Delete what is sealed of everybody who has been no volunteer for so long. Returns of how many."""
    return len(await db.fetch(_CLEAR, now, now - keep))
