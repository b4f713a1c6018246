"""What goes out as one: the messages about one thing, or a day's digest, for one phone. Pure."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from push.gateways import Outgoing
from push.sending.claims import Claim

DIGEST = "digest"
_VALID_FOR = timedelta(hours=24)
_URGENT_FOR = timedelta(hours=2)
_LISTED = 5


def grouped(claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims that go as one, each group in the order of its messages, and the groups in that of their first."""
    ordered = sorted(claims, key=lambda each: (_key(each), each.message_id))
    return sorted((list(group) for _, group in groupby(ordered, _key)), key=lambda group: group[0].message_id)


def outgoing(group: Sequence[Claim], base_url: str) -> Outgoing:
    """One message for a group whose address is known: the latest says what stands now, the earlier ones are counted."""
    latest = group[-1]
    assert latest.address is not None
    title, body = _words(group, latest.language == "en")
    leads_to = "/inbox" if latest.bundle == DIGEST and len(group) > 1 else f"/inbox/{latest.message_id}"
    return Outgoing(
        delivery_id=latest.id,
        message_id=latest.message_id,
        address=latest.address,
        address_kind=latest.token_kind or "",
        platform=latest.platform or "",
        language=latest.language or "zh",
        kind=latest.kind,
        recipient=latest.recipient,
        title=title,
        body=body,
        url=base_url + leads_to,
        order_id=latest.order_id,
        details=latest.details,
        is_urgent=latest.is_urgent,
        count=len(group),
        attempt=latest.attempts,
        resent_at=latest.resent_at,
        expires_at=latest.valid_until or latest.created_at + (_URGENT_FOR if latest.is_urgent else _VALID_FOR),
    )


def _words(group: Sequence[Claim], is_english: bool) -> tuple[str, str]:
    latest = group[-1]
    title, body = (latest.title_en, latest.body_en) if is_english else (latest.title_zh, latest.body_zh)
    if len(group) == 1:
        return title, body
    if latest.bundle == DIGEST:
        titles = [each.title_en if is_english else each.title_zh for each in reversed(group)][:_LISTED]
        listed = ("; " if is_english else ";").join(titles)
        return (f"{len(group)} messages", listed) if is_english else (f"{len(group)} 条消息", listed)
    more = f" (+{len(group) - 1})"
    return title + more, body


def _key(claim: Claim) -> tuple[int, str, int, str]:
    return claim.account_id, claim.bundle, claim.device_id or 0, claim.repeats
