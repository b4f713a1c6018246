"""Send what waits for one endpoint, in order: requests first, then what is to be said of them. One job for each.

A request goes out marked as such. Where no answer comes, nobody knows whether it was filed: before it goes out again,
it is looked for there by the number that we gave it. So it is filed once, also where the other side does not know what
`client_request_id` is. A refusal is final, and stands beside the order in the other side's words.
"""

from datetime import datetime, timedelta

import asyncpg

from backend import db
from backend.intake.open311 import attributes
from backend.intake.open311.client import peers
from backend.intake.open311.client.structs import SentState
from backend.intake.open311.client.talking import PeerClient, PeerRefused, PeerSilent
from backend.intake.open311.wire import reading, times
from backend.intake.open311.wire.reading import Answer
from backend.orders.reads import detail
from backend.sql import sql
from media import queries as media
from media.structs import Audience, PhotoSubject, SubjectKind

_PICTURES_MOST = 9
_AROUND = timedelta(minutes=15)
_UNDER_WAY = timedelta(minutes=2)
"""So long whoever marked a request may be at it still: longer than anybody waits for an answer."""
_WAITING = """
    SELECT r.id, r.order_id, r.client_no, r.service_code, r.words, r.state, r.sent_at, o.number,
           ST_X(o.loc::geometry) AS lng, ST_Y(o.loc::geometry) AS lat,
           coalesce(nullif(p.address, ''), p.name, '') AS address
    FROM open311_request r JOIN work_order o ON o.id = r.order_id LEFT JOIN place p ON p.id = o.place_id
    WHERE r.source_id = $1 AND r.way = 'sent' AND r.state IN ('waiting', 'asking') ORDER BY r.id
"""
_MARK = """
    UPDATE open311_request SET state = 'asking', sent_at = $2
    WHERE id = $1 AND (state = 'waiting' OR (state = 'asking' AND sent_at = $3)) RETURNING id
"""
_UNMARK = "UPDATE open311_request SET state = 'waiting', sent_at = NULL WHERE id = $1 AND state = 'asking'"
_SETTLE = """
    UPDATE open311_request SET state = :state, request_no = :request_no, peer_token = :token, reason = :reason
    WHERE id = :request_id AND state = 'asking'
"""
_UPDATES = """
    SELECT u.id, u.update_no, u.status, u.words, u.at, r.request_no
    FROM open311_update u JOIN open311_request r ON r.id = u.request_id
    WHERE r.source_id = $1 AND u.way = 'out' AND u.state = 'waiting' AND r.request_no <> '' ORDER BY u.id LIMIT 200
"""
_SAID = "UPDATE open311_update SET state = $2, reason = $3, done_at = $4 WHERE id = $1 AND state = 'waiting'"
_REPEATED = ("already exists", "duplicate", "already been")
"""How servers say that they have an update of this number: it arrived, and its answer was lost."""


async def send_waiting(source_id: int, base_url: str, now: datetime) -> None:
    """All that waits for this endpoint. Raises PeerSilent: then the rest waits, in its order."""
    peer = await peers.get_peer(source_id)
    try:
        async with PeerClient(peer) as client:
            for request in await db.fetch(_WAITING, source_id):
                await _send(client, request, base_url, now)
            for update in await db.fetch(_UPDATES, source_id) if peer.has_updates else ():
                await _say(client, update, now)
    except PeerSilent as silent:
        await peers.note_failure(source_id, silent.reason, now)
        raise
    await peers.note_answer(source_id, now)


async def _send(client: PeerClient, request: asyncpg.Record, base_url: str, now: datetime) -> None:
    """One request: marked, sent, settled, each of which is a transaction of its own."""
    found, marked_at = None, request["sent_at"]
    if request["state"] == SentState.SENDING:
        if marked_at > now - _UNDER_WAY:
            raise PeerSilent("under way", may_have_acted=True)
        found = await find_there(client, request["client_no"], request["service_code"], marked_at, now)
    if await db.fetchval(_MARK, request["id"], now, marked_at) is None:
        return
    if found is None:
        found = await _post(client, request, base_url, now)
    if isinstance(found, PeerRefused):
        await _settle(request["id"], SentState.REFUSED, reason=found.words or f"HTTP {found.status}")
        return
    number, token = reading.text(found, "service_request_id"), reading.text(found, "token")
    if number:
        await _settle(request["id"], SentState.THERE, request_no=number)
    elif token:
        await _settle(request["id"], SentState.PENDING, token=token)
    else:
        await _settle(request["id"], SentState.REFUSED, reason="no service_request_id")


async def _post(client: PeerClient, request: asyncpg.Record, base_url: str, now: datetime) -> Answer | PeerRefused:
    pairs = _fields(request) + [("media_url", url) for url in await _pictures(request["order_id"], base_url, now)]
    try:
        rows = await client.post("requests", pairs)
    except PeerRefused as refused:
        return refused
    except PeerSilent as silent:
        if not silent.may_have_acted:
            await db.execute(_UNMARK, request["id"])
        raise
    return rows[0] if rows else {}


def _fields(request: asyncpg.Record) -> list[tuple[str, str]]:
    """Our number stands in the words as well: by it a person there finds ours, and we find it there."""
    return [
        ("service_code", request["service_code"]),
        ("lat", f"{request['lat']:.7f}"),
        ("long", f"{request['lng']:.7f}"),
        ("address_string", request["address"]),
        ("description", f"{request['words']}\n[{request['number']} · {request['client_no']}]"),
        ("client_request_id", request["client_no"]),
        (f"attribute[{attributes.SENDER_NO}]", request["client_no"]),
    ]


async def find_there(
    client: PeerClient, client_no: str, service_code: str, sent_at: datetime | None, now: datetime
) -> Answer | None:
    """A request of ours at the other side, by the number of ours in its words. Raises PeerSilent."""
    since = (sent_at or now) - _AROUND
    query = {"service_code": service_code, "start_date": times.written(since) or ""}
    query["end_date"] = times.written(now + _AROUND) or ""
    try:
        rows = await client.get("requests", query)
    except PeerRefused:
        return None
    return next((row for row in rows if client_no in reading.text(row, "description")), None)


async def _pictures(order_id: int, base_url: str, now: datetime) -> list[str]:
    """Links to what strangers may see, for as long as such links last."""
    subjects = [PhotoSubject(SubjectKind.ORDER_STEP, step["id"]) for step in await detail.list_steps(order_id)]
    shown = await media.list_attached(subjects, now, Audience.PUBLIC)
    return [base_url + photo.large_url for photo in shown[:_PICTURES_MOST]]


async def _settle(
    request_id: int, state: SentState, *, request_no: str = "", token: str = "", reason: str = ""
) -> None:
    values = {"request_id": request_id, "state": state.value, "request_no": request_no[:80], "reason": reason[:500]}
    await db.execute(sql(_SETTLE, **values, token=token[:120]))


async def _say(client: PeerClient, update: asyncpg.Record, now: datetime) -> None:
    pairs = [
        ("service_request_id", update["request_no"]),
        ("update_id", update["update_no"]),
        ("status", update["status"].upper()),
        ("updated_datetime", times.written(update["at"]) or ""),
        ("description", update["words"] or update["status"]),
    ]
    state, reason = "done", ""
    try:
        await client.post("servicerequestupdates", pairs)
    except PeerRefused as refused:
        if not any(words in refused.words.lower() for words in _REPEATED):
            state, reason = "refused", refused.words or f"HTTP {refused.status}"
    await db.execute(_SAID, update["id"], state, reason, now)
