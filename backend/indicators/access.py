"""Whose figures somebody reads: those of areas where they read the desk. Figures of persons are not asked here."""

from backend.accounts import permissions
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.committees.patrols import rules as patrols
from backend.geo.area_codes import is_area
from backend.geo.area_sql import outermost
from backend.indicators.errors import NotYourIndicators
from backend.indicators.measures import ActivityKind
from backend.indicators.structs import Grain

FOR_READERS = tuple(grain for grain in Grain if grain is not Grain.PERSON)
"""What figures may be asked by over HTTP: which persons may be measured against each other is the evaluation's rule."""


def areas_of(actor: Actor) -> list[str]:
    """The areas of which the actor reads figures, widest first; none lies in another."""
    return outermost(permissions.areas_of(actor, Permission.READ_DESK))


def require_area(actor: Actor, area_code: str | None) -> str:
    """The area that is asked for, else the actor's first one. Raises NotYourIndicators out of the actor's sight."""
    code = area_code or next(iter(areas_of(actor)), "")
    if not is_area(code) or not may_within(actor, Permission.READ_DESK, code):
        raise NotYourIndicators
    return code


def may_name(actor: Actor, kind: ActivityKind, area_code: str) -> bool:
    """Whether the actor is told which route or shop an activity behind a figure was about."""
    if kind is ActivityKind.PATROL:
        return patrols.may_read(actor, area_code)
    return may_within(actor, Permission.READ_SHOPS, area_code)
