"""What every route does with a scan: count wrong codes, write the scan down, and tell how the page was opened.

Codes are too sparse to be found by trying (see qr.codes); the limits keep the trying from being a load. A phone is
known by its session, everybody else by address. A carrier may put a whole street behind one, so that limit is wide.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

from msgspec.structs import replace

from backend.campaigns.records.structs import NewCampaignRecord
from backend.committees.patrols.structs import StopProof
from backend.orders.model.inputs import CheckInInput
from backend.reports.structs import Join, Submission
from backend.routes.http import quotas
from backend.routes.http.request_context import RequestContext
from qr import codes, runtime
from qr.codes import Code
from qr.errors import CodeMalformed, CodeUnknown
from qr.rules import ScanGrade
from qr.structs import Scan

_CHANNELS = (
    (b"miniProgram", "miniapp"),
    (b"MicroMessenger", "wechat"),
    (b"AlipayClient", "alipay"),
    (b"Mozilla", "web"),
)


class _OfCode(Protocol):
    @property
    def code(self) -> Code: ...


Found = TypeVar("Found", bound=_OfCode)
Sent = TypeVar("Sent", Submission, Join, CheckInInput, StopProof, NewCampaignRecord)


@asynccontextmanager
async def counting_misses(
    ctx: RequestContext, typed: str | None = None, nonce: str | None = None
) -> AsyncIterator[Code | None]:
    """Around whatever tells a live code from another: a CodeUnknown that leaves it is counted. Raises TooMany.

    Gives the code within the typed text, an address of ours or the bare code. Raises CodeForeign for others' symbols,
    CodeMalformed for what cannot be a code, which counts as well.
    Who opened the page of this code minutes ago tries nothing, whatever others behind the same address do.
    """
    code, misread = _parse(typed)
    if runtime.is_fresh(code, nonce, ctx.now):
        yield code
        return
    visitor, network = ctx.visitor, quotas.network_of(ctx.request)
    account = str(visitor.account_id) if visitor else ""
    barred = ctx.runtime.limits.barred
    keys = (f"code-miss-device:{account}", f"code-miss-address:{network}")
    barred.check(*keys)
    try:
        if misread:
            raise misread
        yield code
    except CodeUnknown:
        with barred.learning(*keys):
            await quotas.take_code_miss(ctx, account)
        raise


@asynccontextmanager
async def parsing(ctx: RequestContext, sent: Sent) -> AsyncIterator[Sent]:
    """`counting_misses` around what was sent as JSON: gives the same with its code parsed, the only one to be used."""
    async with counting_misses(ctx, sent.code, sent.nonce) as code:
        yield replace(sent, code=code)


@asynccontextmanager
async def parsing_address(ctx: RequestContext, typed: str, nonce: str | None) -> AsyncIterator[Code]:
    """`counting_misses` around what is done at the code of an address."""
    async with counting_misses(ctx, typed, nonce) as code:
        assert code is not None  # an address has no empty part
        yield code


def _parse(typed: str | None) -> tuple[Code | None, CodeMalformed | None]:
    """The code within a scanned or typed text, or what says that it cannot be one."""
    try:
        return (runtime.current_runtime().payload.parse(typed) if typed else None), None
    except CodeMalformed as misread:
        return None, misread


async def scan(ctx: RequestContext, typed: str, look: Callable[[Code], Awaitable[Found]]) -> Found:
    """What `look` finds behind the code of an address; writes the scan down. Raises TooMany, and what `look` raises."""
    async with counting_misses(ctx):
        found = await look(codes.parse(typed))
    note(ctx, found.code)
    return found


def note(ctx: RequestContext, code: Code, grade: ScanGrade = ScanGrade.NONE, distance_m: float | None = None) -> None:
    """Write a scan down, behind the answer."""
    visitor = ctx.visitor
    seen = Scan(
        code=code,
        scanned_at=ctx.now,
        channel=_channel(ctx),
        account_id=visitor.account_id if visitor else None,
        grade=grade,
        distance_m=distance_m,
    )
    runtime.current_runtime().scans.note(seen)


def _channel(ctx: RequestContext) -> str:
    for name, value in ctx.request.scope["headers"]:
        if name == b"user-agent":
            return next((channel for word, channel in _CHANNELS if word in value), "other")
    return "other"
