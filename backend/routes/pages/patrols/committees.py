"""Of which committee a page is: the one of the address, else the reader's own, else one to be chosen."""

from collections.abc import Sequence

from backend.accounts.structs import Actor, Role
from backend.geo.area_codes import CELL_CHARS, COMMITTEE_CHARS
from backend.geo.area_sql import outermost
from backend.places import queries as places
from backend.places.kinds import AreaLevel
from backend.places.structs import AreaRead
from backend.routes.http.request_context import RequestContext

_MOST = 200


async def list_committees(reader: Actor, roles: Sequence[Role]) -> list[AreaRead]:
    """The committees within the areas of these roles, by code."""
    found: list[AreaRead] = []
    for area in outermost(reader.areas_of(*roles)):
        found += (await places.list_areas(area[:COMMITTEE_CHARS], AreaLevel.COMMITTEE, limit=_MOST)).items
    return found[:_MOST]


def selected(ctx: RequestContext, committees: Sequence[AreaRead]) -> str:
    """The code of the committee that the address names, or of the only one; empty where one has to be chosen."""
    typed = ctx.request.query_params.get("committee", "")[:CELL_CHARS]
    if any(committee.code == typed for committee in committees):
        return typed
    return committees[0].code if len(committees) == 1 else ""
