"""The number that a reporter leaves to be called back: as the link's page and as the API take it, counted alike."""

from backend.reports import queries as reports
from backend.reports.call_back_numbers import answering, queries
from backend.reports.call_back_numbers.structs import NumberAnswer, OwnNumber
from backend.routes.http import quotas
from backend.routes.http.request_context import RequestContext
from shops.complaints import queries as complaints


async def get_own(ctx: RequestContext, token: str) -> OwnNumber:
    """Raises TrackingUnknown."""
    return await queries.get_own_number(token, ctx.runtime.personal_seal, ctx.now, is_sealed=await _is_sealed(token))


async def answer(ctx: RequestContext, token: str, said: NumberAnswer) -> None:
    """What is refused by itself, and a no, is not counted. Raises QuotaUsedUp, and what `answering.answer` refuses."""
    is_sealed = await _is_sealed(token)
    if answering.read(said) is not None:
        await quotas.take_for_link(ctx, "number", token)
    await answering.answer(token, said, ctx.runtime.personal_seal, ctx.now, is_sealed=is_sealed)


async def withdraw(ctx: RequestContext, token: str) -> None:
    """Never counted: whoever takes a consent back waits for nothing. Raises TrackingUnknown."""
    await answering.withdraw(token, ctx.now)


async def _is_sealed(token: str) -> bool:
    """Whether nobody is to know who reported it: a complaint has its own place for a number, opened by two persons."""
    _, reporter_id = await reports.get_tracked(token)
    return await complaints.is_pseudonym(reporter_id)
