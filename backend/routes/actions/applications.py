"""An application to be a volunteer, out of a plain form: to which committee, by whom, and with which own places."""

import re

from litestar.datastructures import FormMultiDict

from backend.accounts.structs import PASSWORD_MOST, USERNAME_MOST, Credentials
from backend.errors import NotFound
from backend.geo.area_codes import COMMITTEE_CHARS
from backend.places import queries as places
from backend.places.kinds import AreaLevel
from backend.places.structs import AreaRead
from backend.routes.actions import scanning
from backend.routes.http.request_context import RequestContext
from backend.structs import IdempotencyKey
from grab_orders.people.structs import NAME_MOST, NUMBER_MOST, PHONE_MOST, PLACES_MOST, Application, Skill
from qr import queries as qr
from qr.structs import CodePlace
from shops.register import queries as shops

_CODES_MOST = 200


async def find_committee(ctx: RequestContext, committee: str, code: str) -> AreaRead | None:
    """The committee of this number, or the one in which the door of a typed code lies. Raises the errors of codes."""
    if code:
        committee = (await _place_of(ctx, code)).area_code[:COMMITTEE_CHARS]
    try:
        found = await places.get_area(committee)
    except NotFound:
        return None
    return found if found.level is AreaLevel.COMMITTEE else None


def applicant_of(ctx: RequestContext, form: FormMultiDict) -> int | Credentials:
    """Who is signed in under a name, or the name and password of whoever is to get an account."""
    if ctx.visitor is not None and not ctx.visitor.is_device:
        return ctx.visitor.account_id
    return Credentials(username=_said(form, "username", USERNAME_MOST), password=_secret(form))


async def read_application(
    ctx: RequestContext, form: FormMultiDict, committee_code: str, key: IdempotencyKey
) -> Application:
    """What was written, and the shops for which this phone acts. Raises the errors of codes for a code that is none."""
    typed = re.split(r"[\s,,、;;]+", _said(form, "own_codes", _CODES_MOST).strip())
    own_codes = [code for code in typed if code][:PLACES_MOST]
    skills = {str(skill) for skill in form.getall("skills", [])}
    return Application(
        committee_code=committee_code,
        real_name=_said(form, "real_name", NAME_MOST),
        id_number=_said(form, "id_number", NUMBER_MOST),
        phone=_said(form, "phone", PHONE_MOST),
        agrees=bool(form.get("agrees")),
        guardian_name=_said(form, "guardian_name", NAME_MOST),
        guardian_phone=_said(form, "guardian_phone", PHONE_MOST),
        guardian_agrees=bool(form.get("guardian_agrees")),
        skills=[skill for skill in Skill if skill in skills],
        own_place_ids=[*[(await _place_of(ctx, code)).id for code in own_codes], *await _shops_of(ctx)],
        idempotency_key=key,
    )


async def _place_of(ctx: RequestContext, typed: str) -> CodePlace:
    """Where a typed code hangs; a wrong one counts as one wherever it is typed. Raises the errors of codes, TooMany."""
    async with scanning.counting_misses(ctx, typed) as code:
        assert code is not None  # something was typed
        return await qr.get_place(code)


async def _shops_of(ctx: RequestContext) -> list[int]:
    """A shop's owner may hold a phone that nobody signed in on; the volunteer's account is another one."""
    held = await shops.shops_of(ctx.visitor.account_id) if ctx.visitor is not None else []
    return [shop.place_id for shop in held]


def _said(form: FormMultiDict, name: str, most: int) -> str:
    """What stands in a field; what is longer than it may be is as good as nothing, and refused by its rule."""
    value = form.get(name)
    found = value.strip() if isinstance(value, str) else ""
    return found if len(found) <= most else ""


def _secret(form: FormMultiDict) -> str:
    value = form.get("password")
    return value[:PASSWORD_MOST] if isinstance(value, str) else ""
