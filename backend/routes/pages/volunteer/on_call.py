"""值守 by one button: where the reader waits for orders to grab, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from litestar import Response, post

from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.duty import queries
from backend.duty import service as duty
from backend.geo.area_codes import TOWN_CHARS
from backend.geo.lonlat import LonLat
from backend.places import vicinity
from backend.places.kinds import AreaLevel
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word
from grab_orders.people import queries as volunteers

GRABBERS = [requires(Permission.GRAB_ORDERS)]
ON_CALL_DONE = ("on_call", "off_call")
HOURS = (2, 4, 8)
_USUAL_HOURS = 4


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody waits for orders, or would."""

    area_code: str
    area_name: str
    middle: LonLat | None
    until: datetime | None
    """None: not on call now."""


@post("/volunteer/on-call", guards=GRABBERS, include_in_schema=False)
async def set_on_call(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    to = base.own_path(word(form, "to"), "/volunteer")
    if word(form, "is_on", 1) == "0":
        await duty.go_off_call(ctx.actor.account_id)
        return base.see_other(f"{to}?done=off_call")
    said = word(form, "hours", 2)
    hours = int(said) if said.isascii() and said.isdecimal() and int(said) in HOURS else _USUAL_HOURS
    until = ctx.now + timedelta(hours=hours)
    profiles = await volunteers.list_profiles([ctx.actor.account_id], ctx.now)
    skills = [skill for profile in profiles.values() for skill in sorted(profile.skills)]
    await duty.go_on_call(ctx.actor, word(form, "area", 12), ctx.now, until=until, skills=skills)
    return base.see_other(f"{to}?done=on_call")


async def find_stand(actor: Actor, now: datetime) -> Stand | None:
    """Where the reader is on call, else where they could be; None where no grant is of a town or of a committee."""
    on_call = await queries.find_on_call(actor.account_id, now)
    code = on_call.area_code if on_call else next(iter(duty.areas_on_call(actor)), None)
    if code is None:
        return None
    level = AreaLevel.TOWN if len(code) == TOWN_CHARS else AreaLevel.COMMITTEE
    centres = await vicinity.list_centres(level, code, 1)
    name, middle = (centres[0].name, centres[0].point) if centres else (code, None)
    return Stand(code, name, middle, on_call.until if on_call else None)
