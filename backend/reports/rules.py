"""Pure questions about a report: as what may this person report.

The dictionary names kinds of reporters (`merchant`, `iot`, `hotline`); accounts hold roles. Everybody is also a
resident.
"""

from backend.accounts.structs import Actor, Role
from backend.geo.points import Fix, FixSource

DOOR_ACCURACY_M = 30.0
"""A fix less exact than this names no door: the house numbers of a street stand ten to thirty metres apart."""
SPOT_ACCURACY_M = 100.0
"""A fix less exact than this says neither who answers there nor what is reported there: whoever sends it is asked."""

_KINDS = {
    Role.SHOP_OWNER: "merchant",
    Role.INSPECTOR: "inspector",
    Role.COMMITTEE: "committee",
    Role.VOLUNTEER: "volunteer",
    Role.DISPATCHER: "hotline",
}
RESIDENT = "resident"
EVERYBODY = frozenset({RESIDENT})


def reporter_kinds(actor: Actor, area_code: str) -> frozenset[str]:
    """As what this person may report in that area: outside the areas of their roles people are residents."""
    return EVERYBODY | {kind for role, kind in _KINDS.items() if actor.holds(area_code, role)}


def reporter_kinds_anywhere(actor: Actor) -> frozenset[str]:
    """As what this person may report somewhere: what to offer while nobody knows where it will be."""
    return EVERYBODY | {_KINDS[grant.role] for grant in actor.grants if grant.role in _KINDS}


def reporter_role(actor: Actor, area_code: str) -> str:
    """The role under which a report from that area is recorded: the person's own there, or resident."""
    own = (grant.role for grant in actor.grants if grant.role in _KINDS and actor.holds(area_code, grant.role))
    return next(own, Role.RESIDENT).value


def error_m(fix: Fix) -> float:
    """How far off a position may be. A pin that somebody put on a map is where they mean; a fix that does not say
    how exact it is, is taken as the very point."""
    return 0.0 if fix.source is FixSource.MANUAL else fix.accuracy_m or 0.0


def names_door(fix: Fix) -> bool:
    return error_m(fix) <= DOOR_ACCURACY_M


def names_spot(fix: Fix) -> bool:
    return error_m(fix) <= SPOT_ACCURACY_M
