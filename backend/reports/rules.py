"""Pure questions about a report: as what may this person report.

The dictionary names kinds of reporters (`merchant`, `iot`, `hotline`); accounts hold roles. Everybody is also a
resident.
"""

from backend.accounts.structs import Actor, Role

_KINDS = {
    Role.SHOP_OWNER: "merchant",
    Role.INSPECTOR: "inspector",
    Role.COMMITTEE: "committee",
    Role.VOLUNTEER: "volunteer",
    Role.DISPATCHER: "hotline",
}
RESIDENT = "resident"
EVERYBODY = frozenset({RESIDENT})


def reporter_kinds(actor: Actor) -> frozenset[str]:
    return EVERYBODY | {_KINDS[grant.role] for grant in actor.grants if grant.role in _KINDS}


def reporter_role(actor: Actor) -> str:
    """The role under which the report is recorded: the person's own, or resident."""
    return next((grant.role.value for grant in actor.grants if grant.role in _KINDS), Role.RESIDENT.value)
