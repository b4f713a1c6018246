"""A complaint about a shop: filed like a report, by a pseudonym, so that nobody learns from it who complained."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from backend.accounts.structs import Actor
from backend.errors import Invalid
from backend.places.kinds import PlaceKind
from backend.quotas.service import QuotaCharge
from backend.reports import service as reports
from backend.reports.structs import Submission, SubmissionResult
from backend.routes.http import quotas
from backend.routes.http.request_context import RequestContext
from backend.structs import IdempotencyKey
from qr import queries as qr
from qr.codes import Code
from qr.structs import CodePlace
from shops.complaints import filing
from shops.complaints.structs import Contact

_PRINT_CHARS = 32
ITEMS = ("C403", "B401")
"""Counterfeits and consumer matters, and food: both go to market supervision by the rules of responsibility."""


class NotAShop(Invalid):
    """The code is of something else, or none was given: what is wrong there is reported, not complained about."""

    code = "not-a-shop"


class NoComplaintItem(Invalid):
    """The item is none that a complaint may be about."""

    code = "no-complaint-item"

    def __init__(self) -> None:
        super().__init__(items=list(ITEMS))


async def get_shop_front(code: Code | None) -> CodePlace:
    """The shop's front behind a code. Raises NotAShop, CodeUnknown, CodeRevoked, CodeUnbound."""
    if code is None:
        raise NotAShop
    place = await qr.get_place(code)
    if place.kind != PlaceKind.STOREFRONT:
        raise NotAShop
    return place


class Behind(NamedTuple):
    """The pseudonym that files a complaint, and what its reporter's quota was charged for it."""

    pseudonym: Actor
    charged: Sequence[QuotaCharge]


async def stand_behind(
    ctx: RequestContext,
    reporter: Actor,
    key: IdempotencyKey,
    contact: Contact,
    photo_ids: Sequence[UUID] = (),
    *,
    item: str,
    door: str,
) -> Behind:
    """The pseudonym that files in the reporter's place, the same one for the same key.

    The true account is charged before one is made, under a print. Raises NoComplaintItem, QuotaUsedUp.
    """
    if item not in ITEMS:
        raise NoComplaintItem
    seal = ctx.runtime.identity_seal
    known_as = seal.print_of(f"quota {reporter.account_id}").hex()[:_PRINT_CHARS]
    charged = await quotas.take(ctx, "report", reporter, door=door, known_as=known_as)
    return Behind(await filing.stand_behind(reporter, key, contact, photo_ids, seal=seal, now=ctx.now), charged)


async def complain(ctx: RequestContext, complaint: Submission, behind: Behind) -> SubmissionResult:
    """File a complaint in the reporter's place; one that was sent before gets its first receipt.

    Raises NotAShop, and what a report is refused for.
    """
    await get_shop_front(complaint.code)
    sent = await reports.submit(complaint, behind.pseudonym, base_url=ctx.settings.base_url, now=ctx.now)
    await quotas.give_back_unless(sent.is_new, behind.charged)
    return sent
