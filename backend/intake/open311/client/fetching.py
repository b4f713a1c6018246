"""Ask one endpoint what is new: numbers for tokens, requests that are for us, how those that we sent go on.

Each question overlaps the one before, since clocks differ and servers list late: what comes twice changes nothing. An
endpoint that was away is asked for all that time, a piece after the other. Requests that we sent there come back in its
lists: they are ours, and not filed again.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

import msgspec

from backend import db
from backend.events import service as events
from backend.intake.open311 import pictures
from backend.intake.open311.client import peers
from backend.intake.open311.client.events import SentRequestChanged
from backend.intake.open311.client.structs import Peer
from backend.intake.open311.client.talking import PeerClient, PeerRefused, PeerSilent
from backend.intake.open311.wire import reading, statuses, times
from backend.intake.open311.wire.reading import Answer
from backend.intake.open311.wire.times import DateUnreadable
from backend.intake.records import receiving
from backend.intake.sources import queries as sources
from backend.intake.sources.structs import Source
from backend.intake.structs import CLASS_MOST, SOURCE_NO_MOST, Clues, Incoming, PointClue
from backend.orders.model.states import ENDED, quoted
from backend.sql import sql
from backend.words import CASE_ADDRESS

OVERLAP = timedelta(minutes=15)
_PIECE = timedelta(days=20)
_TEXT_MOST = 4000
_PAGES_MOST = 50
_AT_ONCE = 40
_PENDING = "SELECT id, peer_token FROM open311_request WHERE source_id = $1 AND state = 'pending' ORDER BY id"
_NUMBERED = "UPDATE open311_request SET state = 'there', request_no = $2 WHERE id = $1 AND state = 'pending'"
_SENT = f"""
    SELECT r.request_no, r.status FROM open311_request r JOIN work_order o ON o.id = r.order_id
    WHERE r.source_id = $1 AND r.way = 'sent' AND r.state = 'there' AND r.request_no <> ''
      AND (o.state NOT IN ({quoted(ENDED)}) OR r.status_at IS NULL) ORDER BY r.id
"""
_IS_OURS = """
    SELECT EXISTS (SELECT FROM open311_request
        WHERE source_id = :source_id AND way = 'sent'
          AND (request_no = :number OR (:words <> '' AND strpos(:words, client_no) > 0)))
"""
_IS_KNOWN = "SELECT id FROM open311_request WHERE source_id = $1 AND way = 'fetched' AND client_no = $2"
_ADD = """
    INSERT INTO open311_request (source_id, way, record_id, client_no, request_no, service_code, state, created_at)
    VALUES (:source_id, 'fetched', :record_id, :number, :number, :service_code, 'there', :now)
    ON CONFLICT (source_id, way, client_no) DO NOTHING
"""
_SAYS = """
    UPDATE open311_request r SET status = :status, status_words = :words, status_at = :at
    FROM (SELECT id, status FROM open311_request
          WHERE source_id = :source_id AND request_no = :number AND way = 'sent' FOR NO KEY UPDATE) before
    WHERE r.id = before.id AND (r.status_at IS NULL OR r.status_at <= :at)
    RETURNING r.id, r.order_id, before.status AS status_before
"""
_STORE = """
    INSERT INTO open311_update (request_id, way, update_no, status, words, media_urls, at, state, created_at, done_at)
    SELECT id, 'in', :update_no, :status, :words, :media_urls, :at, 'done', :now, :now
    FROM open311_request WHERE source_id = :source_id AND request_no = :number AND way <> 'filed'
    ORDER BY id DESC LIMIT 1
    ON CONFLICT ON CONSTRAINT open311_update_once DO NOTHING RETURNING id
"""
_FETCHED = "UPDATE open311_peer SET fetched_until = $2 WHERE source_id = $1"
_UPDATED = "UPDATE open311_peer SET updates_until = $2 WHERE source_id = $1"
_AREA = "SELECT area_code, unit_id FROM work_order WHERE id = $1"


async def fetch(source_id: int, now: datetime) -> None:
    """Everything that is new at this endpoint. Raises PeerSilent: then it is asked again, for what is missing."""
    peer, source = await peers.get_peer(source_id), await sources.get_by_id(source_id)
    try:
        async with PeerClient(peer) as client:
            await _ask_tokens(client, source)
            if peer.is_fetched:
                await _fetch_requests(client, peer, source, now)
            if peer.has_updates:
                await _fetch_updates(client, peer, source, now)
            await _ask_sent(client, source, now)
    except PeerSilent as silent:
        await peers.note_failure(source_id, silent.reason, now)
        raise
    await peers.note_answer(source_id, now)


async def _ask_tokens(client: PeerClient, source: Source) -> None:
    for row in await db.fetch(_PENDING, source.id):
        with suppress(PeerRefused):  # no number yet
            found = await client.get(f"tokens/{row['peer_token']}", {})
            if found and (number := reading.text(found[0], "service_request_id")):
                await db.execute(_NUMBERED, row["id"], number[:80])


async def _fetch_requests(client: PeerClient, peer: Peer, source: Source, now: datetime) -> None:
    """A piece of time after the other; each is remembered when all of it is filed."""
    since = peer.fetched_until or now
    while True:
        until = min(since + _PIECE, now)
        for row in await _pages(client, since - OVERLAP, until):
            await _file(row, peer, source, now)
        await db.execute(_FETCHED, source.id, until)
        if until >= now:
            return
        since = until


async def _pages(client: PeerClient, since: datetime, until: datetime) -> list[Answer]:
    """All pages. Some servers know none and give the same list for each: one without anything new is the last."""
    found: dict[str, Answer] = {}
    query = _between(since, until)
    for page in range(1, _PAGES_MOST + 1):
        rows = await client.get("requests", {**query, "page": str(page)})
        new = {number: row for row in rows if (number := reading.text(row, "service_request_id")) not in found}
        new.pop("", None)
        if not new:
            break
        found |= new
    return sorted(found.values(), key=lambda row: reading.text(row, "requested_datetime"))


async def _file(row: Answer, peer: Peer, source: Source, now: datetime) -> None:
    """One request of theirs. What has ended there before it was ever seen here is not filed."""
    number, words = reading.text(row, "service_request_id")[:SOURCE_NO_MOST], reading.text(row, "description")
    if await db.fetchval(sql(_IS_OURS, source_id=source.id, number=number, words=words)):
        return
    if await db.fetchval(_IS_KNOWN, source.id, number) is not None or statuses.has_ended(reading.text(row, "status")):
        return
    photo_ids, links = await pictures.take_in(reading.texts(row, "media_url"), peer.media_hosts, source, now)
    incoming = _incoming(row, number, words, links)
    incoming = msgspec.structs.replace(incoming, photo_ids=photo_ids)
    async with db.transaction():
        receipt = await receiving.receive(source, incoming, msgspec.json.encode(row), now=now)
        values = {"source_id": source.id, "record_id": receipt.record_id, "number": number, "now": now}
        await db.execute(sql(_ADD, **values, service_code=incoming.class_code))


def _incoming(row: Answer, number: str, words: str, links: Sequence[str]) -> Incoming:
    text = "\n".join(filter(None, (words[:_TEXT_MOST], *links)))
    code = reading.text(row, "service_code")[:CLASS_MOST]
    return Incoming(
        source_no=number,
        occurred_at=_instant(row, "requested_datetime"),
        title=reading.text(row, "service_name")[:200],
        text=text,
        clues=Clues(point=_point(row), address=reading.text(row, "address")[:CASE_ADDRESS]),
        class_code=code,
    )


async def _ask_sent(client: PeerClient, source: Source, now: datetime) -> None:
    """How the requests that we sent on stand there: open or closed says nothing new where an update said it better."""
    said = {row["request_no"]: row["status"] for row in await db.fetch(_SENT, source.id)}
    for start in range(0, len(said), _AT_ONCE):
        some = list(said)[start : start + _AT_ONCE]
        with suppress(PeerRefused):
            for row in await client.get("requests", {"service_request_id": ",".join(some)}):
                at = _instant(row, "updated_datetime") or _instant(row, "requested_datetime") or now
                number, status = reading.text(row, "service_request_id"), reading.text(row, "status").lower()
                before = said.get(number, "")
                if not before or statuses.has_ended(before) != statuses.has_ended(status):
                    await _note(source, number, status, reading.text(row, "status_notes"), at)


async def _fetch_updates(client: PeerClient, peer: Peer, source: Source, now: datetime) -> None:
    since = (peer.updates_until or now) - OVERLAP
    query = _between(since, now)
    try:
        rows = await client.get("servicerequestupdates", query)
    except PeerRefused:
        return
    for row in sorted(rows, key=lambda row: reading.text(row, "updated_datetime")):
        await _take_update(row, source, now)
    await db.execute(_UPDATED, source.id, now)


async def _take_update(row: Mapping[str, Any], source: Source, now: datetime) -> None:
    """Once for each number; one of a request that we do not know is left alone."""
    number, update_no = reading.text(row, "service_request_id"), reading.text(row, "update_id")[:80]
    if not number or not update_no:
        return
    at, status = _instant(row, "updated_datetime") or now, reading.text(row, "status").lower()[:32]
    words = reading.text(row, "description")[:_TEXT_MOST]
    values = {"source_id": source.id, "number": number, "update_no": update_no, "status": status, "words": words}
    urls = [url for url in reading.texts(row, "media_url") if len(url) <= 500 and not url.startswith("data:")]
    async with db.transaction():
        if await db.fetchval(sql(_STORE, **values, media_urls=urls[:9], at=at, now=now)) is not None:
            await _note(source, number, status, words, at)


async def _note(source: Source, number: str, status: str, words: str, at: datetime) -> None:
    """What they say of a request of ours, where it is later than what they said before."""
    values = {"source_id": source.id, "number": number, "status": status[:32], "words": words[:_TEXT_MOST], "at": at}
    async with db.transaction():
        for row in await db.fetch(sql(_SAYS, **values)):
            if row["status_before"] != status:
                order = await db.fetchrow(_AREA, row["order_id"])
                assert order is not None
                await events.record(
                    SentRequestChanged(
                        subject_id=row["order_id"],
                        area_code=order["area_code"],
                        unit_id=order["unit_id"],
                        source=source.name,
                        status=status,
                        has_ended=statuses.has_ended(status),
                    )
                )


def _between(since: datetime, until: datetime) -> dict[str, str]:
    """Dates go over the wire in whole seconds: the last one counts whole."""
    return {"start_date": times.written(since) or "", "end_date": times.written(until + timedelta(seconds=1)) or ""}


def _instant(row: Mapping[str, Any], name: str) -> datetime | None:
    with suppress(DateUnreadable):
        return times.read(reading.text(row, name), name)
    return None


def _point(row: Mapping[str, Any]) -> PointClue | None:
    try:
        lng, lat = float(reading.text(row, "long", "lng")), float(reading.text(row, "lat"))
    except ValueError:
        return None
    return PointClue(lng=lng, lat=lat) if isfinite(lng) and isfinite(lat) else None
