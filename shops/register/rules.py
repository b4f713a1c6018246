"""Who becomes one of a shop's people, and who decides it. Pure."""

from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from shops.register.structs import ClaimProof, ClaimState, ShopRole


def outcome_of(role: ShopRole, typed: str, registered: str | None, *, has_owner: bool) -> ClaimState:
    """What becomes of a claim at once: the registered number makes an owner where there is none."""
    if role is ShopRole.OWNER and has_owner:
        return ClaimState.CONTESTED
    is_proved = role is ShopRole.OWNER and registered is not None and typed == registered
    return ClaimState.GRANTED if is_proved else ClaimState.OPEN


def proof_of(state: ClaimState, role: ShopRole, by: Actor, area_code: str, *, is_owner: bool) -> ClaimProof | None:
    """On whose word this actor may decide a claim that waits; None where the actor may not.

    A street decides between two who both say to be the owner; whoever keeps the register confirms one where there is
    none, and helpers; an owner confirms helpers.
    """
    if may_within(by, Permission.DECIDE_SHOP_CLAIMS, area_code):
        return ClaimProof.STREET
    if state is ClaimState.CONTESTED:
        return None
    if may_within(by, Permission.KEEP_SHOPS, area_code):
        return ClaimProof.INSPECTOR
    return ClaimProof.OWNER if role is ShopRole.STAFF and is_owner else None
