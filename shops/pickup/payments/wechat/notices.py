"""A notice of WeChat Pay: signed by a key that we hold, of the last minutes, about our shop, in whole fen."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from backend import logs
from shops.pickup.errors import NoticeRefused
from shops.pickup.payments.providers import PaidNotice

WITHIN = timedelta(minutes=5)
"""The package takes notices of any age."""
SUCCESS = "TRANSACTION.SUCCESS"
_HEADERS = ("signature", "timestamp", "nonce", "serial", "signature-type")
log = logs.get_logger()


def read(
    headers: Mapping[str, str],
    body: bytes,
    now: datetime,
    *,
    verify: Callable[[dict[str, str], bytes], Any],
    serials: Collection[str],
    ours: Mapping[str, str],
) -> PaidNotice | None:
    """Check and open a notice; None for one that tells of no payment. `verify`: the package's callback.

    `serials`: of the keys that we hold: for another one the package might ask WeChat, within this very request.
    `ours`: what a payment of ours names. Raises NoticeRefused.
    """
    lower = {name.lower(): value for name, value in headers.items()}
    given = {f"wechatpay-{name}": lower.get(f"wechatpay-{name}", "") for name in _HEADERS}
    _require_recent(given["wechatpay-timestamp"], now)
    if given["wechatpay-serial"].upper() not in serials:
        raise _refused("serial")
    try:
        notice = verify(given, body)
    except Exception as error:  # the package raises Exception itself, and ValueError for odd serials
        raise _refused(type(error).__name__) from error
    if not isinstance(notice, dict):
        raise _refused("signature")
    return _paid(notice, ours) if notice.get("event_type") == SUCCESS else None


def _paid(notice: dict[str, Any], ours: Mapping[str, str]) -> PaidNotice | None:
    found = paid_of(notice.get("resource"), ours, notice_id=notice.get("id"))
    if found is None:
        raise _refused("contents")
    return found


def paid_of(said: Any, ours: Mapping[str, str], *, notice_id: Any) -> PaidNotice | None:
    """A payment as WeChat tells it; None where it is not paid, not ours, or not in whole fen."""
    if not isinstance(said, dict) or said.get("trade_state") != "SUCCESS":
        return None
    amount = said.get("amount")
    total = amount.get("total") if isinstance(amount, dict) else None
    names = [said.get(name) for name in ("out_trade_no", "transaction_id")]
    is_ours = all(said.get(name) == value for name, value in ours.items())
    is_whole = type(total) is int and total > 0 and isinstance(amount, dict) and amount.get("currency") == "CNY"
    if not is_ours or not is_whole or not all(isinstance(name, str) and 0 < len(name) <= 64 for name in names):
        return None
    if not isinstance(notice_id, str) or not 0 < len(notice_id) <= 64:
        return None
    return PaidNotice(
        id=notice_id,
        out_trade_no=str(names[0]),
        amount_fen=int(total or 0),
        transaction_id=str(names[1]),
        paid_at=_instant(said.get("success_time")),
    )


def _instant(text: Any) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise _refused("success_time") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _require_recent(timestamp: str, now: datetime) -> None:
    if not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > 12:
        raise _refused("timestamp")
    if abs(now.timestamp() - int(timestamp)) > WITHIN.total_seconds():
        raise _refused("age")


def _refused(why: str) -> NoticeRefused:
    log.warning("payment_notice_refused", why=why)
    return NoticeRefused()
