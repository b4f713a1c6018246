"""What the vendors say later of a text message (SmsReport of Aliyun, the status notification of Tencent). Pure.

Neither signs what it posts. The address that it is posted to carries a key of the town's own.
"""

import hmac
import re
from typing import Any

import msgspec

from push.gateways.answers import without

MOST = 1000
"""Reports in one call; both send hundreds at the most."""
_REFERENCE = re.compile(r"d([1-9]\d{0,17})")
_ARRIVED = "SUCCESS"


class ReportsUnreadable(ValueError):
    """Not a list of reports of either vendor."""


class SmsReport(msgspec.Struct, frozen=True, kw_only=True):
    """`vendor_id`: under which the vendor took the message. `delivery_id`: our own, where the vendor repeats it."""

    vendor_id: str
    has_arrived: bool
    code: str
    detail: str
    delivery_id: int | None = None


class _Aliyun(msgspec.Struct, frozen=True, kw_only=True):
    success: bool
    biz_id: str
    err_code: str = ""
    err_msg: str = ""
    out_id: str = ""


class _Tencent(msgspec.Struct, frozen=True, kw_only=True):
    report_status: str
    sid: str
    errmsg: str = ""
    description: str = ""


def is_key(given: str, key: str) -> bool:
    """Whether the address is the one that was told to the vendor. Takes the same time either way."""
    return bool(key) and hmac.compare_digest(given.encode(), key.encode())


def read(body: bytes) -> list[SmsReport]:
    """The reports of a call, of whichever vendor. Raises ReportsUnreadable."""
    try:
        rows = msgspec.json.decode(body, type=list[dict[str, Any]])
        reports = [_aliyun(row) if "biz_id" in row else _tencent(row) for row in rows[:MOST]]
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ReportsUnreadable(type(error).__name__) from None
    return reports


def _aliyun(row: dict[str, Any]) -> SmsReport:
    said = msgspec.convert(row, _Aliyun)
    reference = _REFERENCE.fullmatch(said.out_id)
    return SmsReport(
        vendor_id=said.biz_id,
        has_arrived=said.success,
        code=said.err_code,
        detail=without(said.err_msg, ()),
        delivery_id=int(reference.group(1)) if reference else None,
    )


def _tencent(row: dict[str, Any]) -> SmsReport:
    said = msgspec.convert(row, _Tencent)
    has_arrived = said.report_status == _ARRIVED
    return SmsReport(
        vendor_id=said.sid, has_arrived=has_arrived, code=said.errmsg, detail=without(said.description, ())
    )
