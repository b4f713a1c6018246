"""What every door does with a scan: count wrong codes, write the scan down, and tell how the page was opened.

Codes are too sparse to be found by trying (see qr.codes); the limits keep the trying from being a load. A phone is
known by its session, everybody else by address. A carrier may put a whole street behind one, so that limit is wide.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

from backend.routes.http import quotas
from backend.routes.http.request_context import RequestContext
from qr import runtime
from qr.errors import CodeUnknown
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
    def code(self) -> str: ...


Found = TypeVar("Found", bound=_OfCode)


@asynccontextmanager
async def counting_misses(
    ctx: RequestContext, typed: str | None = None, nonce: str | None = None
) -> AsyncIterator[str | None]:
    """Around whatever tells a live code from another: a CodeUnknown that leaves it is counted. Raises TooMany.

    Gives the code within the typed text, an address of ours or the bare code; raises CodeForeign for others' symbols.
    Who opened the page of this code minutes ago tries nothing, whatever others behind the same address do.
    """
    code, misread = _read(typed)
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


def _read(typed: str | None) -> tuple[str | None, CodeUnknown | None]:
    """The code within a scanned or typed text, or what says that it cannot be one."""
    try:
        return (runtime.current_runtime().payload.word(typed) if typed else None), None
    except CodeUnknown as misread:
        return None, misread


async def scan(ctx: RequestContext, typed: str, look: Callable[[str], Awaitable[Found]]) -> Found:
    """What `look` finds behind a typed code, with the scan written down. Raises TooMany, and what `look` raises."""
    async with counting_misses(ctx):
        found = await look(typed)
    note(ctx, found.code)
    return found


def note(ctx: RequestContext, code: str, grade: ScanGrade = ScanGrade.NONE, distance_m: float | None = None) -> None:
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
