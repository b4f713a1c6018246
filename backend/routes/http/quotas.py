"""Who asks for how much: the quotas of a device, of its address and of a door, taken in one statement at the edge.

Where a device has no session yet, only the address counts. Staff are counted by account: an office is one address.
"""

import hashlib
import ipaddress
from collections.abc import Sequence
from functools import lru_cache

from litestar import Request

from backend.accounts.structs import Actor, Role
from backend.quotas import service as quotas
from backend.quotas.service import QuotaCharge
from backend.routes.http.limits import address_of
from backend.routes.http.request_context import RequestContext

_PUBLIC = (Role.RESIDENT, Role.SHOP_OWNER, Role.VOLUNTEER)
_MB = 1_000_000
_IPV6_PREFIX = 64
_LINK_CHARS = 32


async def take(
    ctx: RequestContext, what: str, actor: Actor, *, door: str = "", megabytes: float = 0, known_as: str = ""
) -> Sequence[QuotaCharge]:
    """One `report`, `join` or `photo` of this actor, at a door where one is named. Raises QuotaUsedUp.

    `known_as` is written down in the account's place. What it returns can be given back: a report that was sent again
    after a lost answer is charged once.
    """
    account, charges = known_as or str(actor.account_id), list[tuple[str, str, float]]()
    if is_public(actor):
        address = network_of(ctx.request)
        charges += [(f"{what}-device", account, 1), (f"{what}-address", address, 1)]
        if door:
            charges += [(f"{what}-door-device", f"{account}@{door}", 1), (f"{what}-door", door, 1)]
        if megabytes:
            charges += [("upload-mb-device", account, megabytes), ("upload-mb-address", address, megabytes)]
    else:
        charges.append((f"{what}-staff", account, 1))
        if megabytes:
            charges.append(("upload-mb-staff", account, megabytes))
    return await _take(ctx, charges)


async def give_back_unless(is_new: bool, taken: Sequence[QuotaCharge]) -> None:
    """Charge only what is filed: a repeat costs nothing."""
    if not is_new:
        await quotas.give_back(taken)


async def take_by_address(ctx: RequestContext, name: str) -> None:
    """One of what is counted by address alone. Raises QuotaUsedUp."""
    await _take(ctx, [(name, network_of(ctx.request), 1)])


async def take_for_link(ctx: RequestContext, what: str, token: str) -> None:
    """One of what whoever holds a tracking link sends by it. The token itself is kept nowhere. Raises QuotaUsedUp."""
    known_as = hashlib.sha256(token.encode()).hexdigest()[:_LINK_CHARS]
    await _take(ctx, [(f"{what}-link", known_as, 1.0), (f"{what}-address", network_of(ctx.request), 1.0)])


async def take_code_miss(ctx: RequestContext, account: str) -> None:
    """One code that leads nowhere. Raises QuotaUsedUp."""
    of_device = [("code-miss-device", account, 1.0)] if account else []
    await _take(ctx, [*of_device, ("code-miss-address", network_of(ctx.request), 1.0)])


def megabytes_of(size_bytes: int) -> float:
    return max(1.0, size_bytes / _MB)


def is_public(actor: Actor) -> bool:
    """Whether somebody of the street asks, with a phone that nobody answers for."""
    return all(grant.role in _PUBLIC for grant in actor.grants)


def network_of(request: Request) -> str:
    """What counts as one address: of IPv6, the network that one household or phone has to itself."""
    return _network_of(address_of(request))


@lru_cache(maxsize=4096)
def _network_of(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False)) if parsed.version == 6 else address


async def _take(ctx: RequestContext, costs: list[tuple[str, str, float]]) -> Sequence[QuotaCharge]:
    known = ctx.runtime.quotas
    charges = [QuotaCharge(name, by, known[name], cost) for name, by, cost in costs if name in known]
    await quotas.take(charges, ctx.now)
    return charges
