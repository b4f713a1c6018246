"""A line of the file of people: who somebody is, for which unit, with which roles and where."""

import re
from collections.abc import Sequence
from datetime import datetime

from backend.accounts.errors import UsernameInvalid
from backend.accounts.rules import is_username
from backend.accounts.structs import Grant, Role, StaffDraft
from backend.duty import service as duty
from backend.duty.loading.known import References
from backend.duty.loading.lines import FileLine, Wrong
from backend.errors import Listing
from backend.geo.area_codes import is_area

_PHONE = re.compile(r"\+?[0-9][0-9 -]{4,18}")


def read_person(line: FileLine, known: References) -> StaffDraft:
    """Somebody without a password. Raises Wrong."""
    username = line.needed("username", 60).lower()
    if not is_username(username):
        raise Wrong(UsernameInvalid.code)
    if username in known.gone:
        raise Wrong("person-gone", username=username)
    unit_id = known.unit(line) if line.text("unit_code") else None
    grants = tuple(read_grant(text) for text in line.text("roles", 2_000).split("|") if text.strip())
    if unit_id is None and any(grant.role is Role.HANDLER for grant in grants):
        raise Wrong("handler-without-unit")
    return StaffDraft(
        username=username,
        display_name=line.needed("display_name", 60),
        phone=_phone(line),
        unit_id=unit_id,
        grants=tuple(dict.fromkeys(grants)),
    )


def read_grant(text: str) -> Grant:
    """A role within an area, written as `handler:310115105`. Raises Wrong."""
    role, _, area = text.strip().partition(":")
    if role not in list(Role):
        raise Wrong("role-unknown", role=role, roles=Listing(list(Role), "list.comma"))
    if not is_area(area):
        raise Wrong("role-without-area", role=role)
    return Grant(Role(role), area)


async def store_people(people: Sequence[StaffDraft], now: datetime) -> None:
    """In the order of their names, so that two loads at once wait for each other."""
    for person in sorted(people, key=lambda one: one.username):
        await duty.set_staff(person, now)


def _phone(line: FileLine) -> str | None:
    phone = line.text("phone", 20)
    if phone and not _PHONE.fullmatch(phone):
        raise Wrong("phone-malformed")
    return phone or None
