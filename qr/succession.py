"""Whose plates a place took over: places that were merged into it, or that it was split off from, and theirs before."""

from datetime import datetime

from backend import db
from backend.structs import Read

_MOST = 50
# Going back in time only, so that places that were merged to and fro come to an end.
_FORMER = f"""
    WITH RECURSIVE line(place_id, until, reason) AS (
        SELECT $1::bigint, 'infinity'::timestamptz, NULL::varchar
        UNION
        SELECT former.place_id, former.ended_at, here.reason
          FROM line
          JOIN qr_binding here ON here.place_id = line.place_id AND here.reason IN ('merge', 'split')
           AND here.bound_at < line.until
          JOIN qr_binding former ON former.code_id = here.code_id AND former.ended_at = here.bound_at
           AND former.place_id <> here.place_id
    )
    SELECT line.place_id, max(line.until) AS until, min(line.reason) AS reason,
           coalesce(nullif(p.name, ''), p.address) AS place
      FROM line JOIN place p ON p.id = line.place_id
     WHERE line.place_id <> $1 GROUP BY line.place_id, p.id ORDER BY until DESC LIMIT {_MOST}
"""


class FormerPlace(Read, frozen=True, kw_only=True):
    """A place whose plates came to stand for another one."""

    place_id: int
    place: str
    reason: str
    """merge or split."""
    until: datetime
    """When its plates were taken over for the last time."""


async def list_former(place_id: int) -> list[FormerPlace]:
    """The places that this one follows, latest first, at most fifty."""
    return [FormerPlace(**row) for row in await db.fetch(_FORMER, place_id)]
