"""What a role may do at all. How far it may see is the scope; one order's rules are
the order's.

What every account may do (report, attach photos, read its own reports, orders and inbox, rate) needs no
permission.
"""

from enum import StrEnum
from functools import lru_cache

from backend.accounts.structs import Actor, Grant, Role


class Permission(StrEnum):
    HANDLE_ORDERS = "orders.handle"
    """Accept, return, ask for more time."""
    WORK_ON_ORDERS = "orders.work"
    """Check in, make safe, finish: also what was taken out of the pool."""
    VERIFY_ORDERS = "orders.verify"
    DISPATCH_ORDERS = "orders.dispatch"
    READ_DESK = "orders.desk"
    """The desk's lists and map of one's areas, to look at."""
    MINT_CODES = "codes.mint"
    BIND_CODES = "codes.bind"
    READ_HISTORY = "places.history"
    """Everything ever reported at a place, within one's scope."""
    REDACT_PHOTOS = "photos.redact"
    """Paint over, release and withhold photos, and see which look alike."""
    READ_ORIGINALS = "photos.original"
    """The evidence itself, with all that the camera wrote."""
    GRAB_ORDERS = "orders.grab"
    """See what is in the pool, and take it."""
    INSPECT_SHOPS = "shops.inspect"
    """Check a shop, and look again at what it put right."""
    DECIDE_APPEALS = "shops.appeals"
    """Say whether a finding stands that a shop does not agree with."""
    READ_SHOPS = "shops.read"
    """The register of shops, within one's areas."""
    KEEP_SHOPS = "shops.keep"
    """Register shops, say whether they trade, confirm their people."""
    DECIDE_SHOP_CLAIMS = "shops.decide"
    """Say who owns a shop that two people claim."""
    WRITE_POLICIES = "shops.policies"
    """Write policies, send them to the shops for which they are, take them back."""
    KEEP_VOLUNTEERS = "volunteers.keep"
    """Approve volunteers of the own committee, confirm their hours, hand goods over."""
    REVIEW_REWARDS = "rewards.review"
    """Take lists of hours, see pairs that stand out, keep goods, take points back."""
    READ_OVERVIEW = "committees.overview"
    """How committees, towns and districts are doing, within one's areas."""
    REQUEST_DUTY_CHANGES = "committees.request"
    """Ask for a change of the committee's duty list."""
    DECIDE_DUTY_CHANGES = "committees.decide"
    """Lay down duty lists, and decide on what committees ask for."""
    KEEP_SOURCES = "intake.sources"
    """Add and close systems that tell us something, renew their keys, set their class tables."""
    SET_WARNINGS = "opinion.warnings"
    """Decide how many early warnings by chance a town accepts."""
    MEASURE_PEOPLE = "evaluation.people"
    """Read how the people of one's areas do: nobody else's, and never shown to others."""
    DECIDE_SCORE_APPEALS = "evaluation.appeals"
    """Say whether a case is left out of a figure."""
    SET_EVALUATION = "evaluation.settings"
    """Decide weights and classes of the index, and how long an appeal may be made."""
    COMMAND_EMERGENCIES = "emergencies.command"
    """Begin, change and end an emergency over the whole of an area."""
    OPERATE = "house.operate"
    """See and restart the background jobs; names and numbers, nobody's data."""


HOLDERS: dict[Permission, frozenset[Role]] = {
    Permission.HANDLE_ORDERS: frozenset({Role.HANDLER}),
    Permission.WORK_ON_ORDERS: frozenset({Role.HANDLER, Role.VOLUNTEER, Role.COMMITTEE}),
    Permission.VERIFY_ORDERS: frozenset({Role.VERIFIER, Role.INSPECTOR}),
    Permission.DISPATCH_ORDERS: frozenset({Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.READ_DESK: frozenset({Role.COMMITTEE, Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.MINT_CODES: frozenset({Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.BIND_CODES: frozenset(
        {Role.INSPECTOR, Role.COMMITTEE, Role.STREET_ADMIN, Role.DISTRICT_ADMIN},
    ),
    Permission.GRAB_ORDERS: frozenset({Role.VOLUNTEER, Role.HANDLER, Role.COMMITTEE}),
    Permission.KEEP_VOLUNTEERS: frozenset({Role.COMMITTEE}),
    Permission.REVIEW_REWARDS: frozenset({Role.COMMITTEE, Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.READ_OVERVIEW: frozenset({Role.COMMITTEE, Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.REQUEST_DUTY_CHANGES: frozenset({Role.COMMITTEE}),
    Permission.DECIDE_DUTY_CHANGES: frozenset({Role.STREET_ADMIN}),
    Permission.KEEP_SOURCES: frozenset({Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.SET_WARNINGS: frozenset({Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.MEASURE_PEOPLE: frozenset({Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.DECIDE_SCORE_APPEALS: frozenset({Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.SET_EVALUATION: frozenset({Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.COMMAND_EMERGENCIES: frozenset({Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.OPERATE: frozenset({Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.INSPECT_SHOPS: frozenset({Role.INSPECTOR, Role.HANDLER, Role.STREET_ADMIN}),
    Permission.DECIDE_APPEALS: frozenset({Role.VERIFIER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.READ_SHOPS: frozenset(
        {
            *(Role.INSPECTOR, Role.VERIFIER, Role.DISPATCHER, Role.COMMITTEE),
            *(Role.STREET_ADMIN, Role.DISTRICT_ADMIN),
        },
    ),
    Permission.KEEP_SHOPS: frozenset({Role.INSPECTOR, Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.DECIDE_SHOP_CLAIMS: frozenset({Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.WRITE_POLICIES: frozenset({Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
    Permission.READ_HISTORY: frozenset(Role) - {Role.RESIDENT, Role.SHOP_OWNER, Role.VOLUNTEER},
    Permission.REDACT_PHOTOS: frozenset(
        {
            *(Role.VERIFIER, Role.INSPECTOR, Role.COMMITTEE, Role.DISPATCHER),
            *(Role.STREET_ADMIN, Role.DISTRICT_ADMIN),
        },
    ),
    Permission.READ_ORIGINALS: frozenset({Role.VERIFIER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN}),
}


def permissions_of(actor: Actor) -> frozenset[Permission]:
    return _permissions(actor.grants)


def may(actor: Actor, permission: Permission) -> bool:
    """Whether the permission is held anywhere: says which pages to offer, nothing of which rows."""
    return permission in _permissions(actor.grants)


def may_within(actor: Actor, permission: Permission, area_code: str) -> bool:
    """Whether one grant gives the permission over this very area."""
    return actor.holds(area_code, *HOLDERS[permission])


def areas_of(actor: Actor, permission: Permission) -> list[str]:
    """The area prefixes within which a grant gives the permission."""
    return actor.areas_of(*HOLDERS[permission])


@lru_cache(maxsize=4096)
def _permissions(grants: tuple[Grant, ...]) -> frozenset[Permission]:
    roles = {grant.role for grant in grants}
    return frozenset(permission for permission, holders in HOLDERS.items() if holders & roles)
