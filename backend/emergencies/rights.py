"""Who may do what in an emergency. Pure, but for leaders of groups, whom the caller finds."""

from backend.accounts.permissions import Permission, areas_of, may_within
from backend.accounts.structs import Actor


def may_command(actor: Actor, area_code: str) -> bool:
    """Begin, change and end one over this whole area."""
    return may_within(actor, Permission.COMMAND_EMERGENCIES, area_code)


def may_direct(actor: Actor, area_code: str) -> bool:
    """Send broadcasts, write the log, see who answered: whoever dispatches there or commands."""
    return may_within(actor, Permission.DISPATCH_ORDERS, area_code) or may_command(actor, area_code)


def may_read(actor: Actor, area_code: str) -> bool:
    """The desks of the area, of those around it and of those within it."""
    own = areas_of(actor, Permission.READ_DESK)
    return any(area_code.startswith(each) or each.startswith(area_code) for each in own)


def concerns(actor: Actor, area_code: str) -> bool:
    """Whether somebody works in the area, around it or within it in any role: whose pages say that it is on."""
    return not actor.is_device and any(
        grant.area and (area_code.startswith(grant.area) or grant.area.startswith(area_code)) for grant in actor.grants
    )
