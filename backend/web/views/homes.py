"""On which page somebody's work begins. Pure."""

from backend.accounts.structs import Actor, Role

_HOMES = (
    ((Role.HANDLER,), "/work"),
    ((Role.DISPATCHER,), "/desk"),
    ((Role.COMMITTEE,), "/committee"),
    ((Role.VERIFIER,), "/verify"),
    ((Role.INSPECTOR,), "/quick-report"),
    ((Role.STREET_ADMIN, Role.DISTRICT_ADMIN), "/overview"),
    ((Role.SHOP_OWNER,), "/shop"),
    ((Role.VOLUNTEER,), "/volunteer"),
    ((Role.RESIDENT,), "/"),
)
"""The first that fits is one's home; the bar leads to all others."""


def home_of(actor: Actor) -> str:
    """The page that opens after signing in; the inbox for somebody without a role."""
    return next((home for roles, home in _HOMES if actor.has_role(*roles)), "/inbox")
