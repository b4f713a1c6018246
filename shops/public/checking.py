"""明厨亮灶: whether the links that are shown still answer. Asked once a day, more often where one does not.

Several workers may do so at once: whoever takes a link says first when it is asked next. No transaction is open while
somebody is waited for. A host has a few at a time, one after the other; where it does not answer, the others of it are
not asked. Silence that may be our own network's counts only where another host has answered within a day.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from backend import db, logs
from backend.events import service as events
from backend.sql import sql
from shops.public.events import KitchenLinkSilent
from shops.public.liveness import DAILY, FAILURES_MOST, SILENT_AFTER, SOON, LinkAnswer, next_check
from shops.register import queries as register
from shops.register.structs import ShopRole

if TYPE_CHECKING:
    from shops.public.asking import LinkAsker

log = logs.get_logger()
_LINKS_MOST, _OF_HOST_MOST, _HOSTS_AT_ONCE = 100, 5, 8
_TAKE = f"""
    UPDATE kitchen_link link SET next_check_at = :again FROM (
        SELECT id FROM (
            SELECT k.id, k.next_check_at, row_number() OVER (PARTITION BY k.host ORDER BY k.next_check_at, k.id) AS nr
            FROM kitchen_link k JOIN shop ON shop.id = k.shop_id AND shop.ended_at IS NULL
            WHERE k.state = 'confirmed' AND k.next_check_at <= :now AND k.valid_until > :now
        ) due WHERE nr <= {_OF_HOST_MOST} ORDER BY next_check_at, id LIMIT {_LINKS_MOST}
    ) due
    WHERE link.id = due.id AND link.state = 'confirmed' AND link.next_check_at <= :now
    RETURNING link.shop_id, link.url, link.host, link.failures
"""
_OTHERS_ANSWER = """
    SELECT EXISTS (SELECT FROM kitchen_link WHERE host <> :host AND failures = 0 AND checked_at > :since)
"""
_NOTE = """
    UPDATE kitchen_link SET checked_at = :now, next_check_at = :next_at, failures = :failures,
        failing_since = CASE WHEN :is_failing THEN coalesce(failing_since, :now::timestamptz) END
    WHERE shop_id = :shop_id AND url = :url AND state = 'confirmed' RETURNING failing_since
"""


class _Link(msgspec.Struct, frozen=True):
    shop_id: int
    url: str
    host: str
    failures: int


async def check_links(now: datetime, make_asker: "Callable[[], LinkAsker] | None" = None) -> int:
    """Ask every link whose time has come. Returns how many were asked. `make_asker`: the ordinary one unless given."""
    rows = await db.fetch(sql(_TAKE, now=now, again=now + SOON))
    by_host: dict[str, list[_Link]] = {}
    for row in rows:
        by_host.setdefault(row["host"], []).append(_Link(**row))
    if not by_host:
        return 0
    answers = await _ask(list(by_host.values()), make_asker)
    for link, answer in sorted(answers, key=lambda each: each[1] is not LinkAnswer.REACHED):
        await _note(link, answer, now)
    log.info("kitchen_links_checked", links=len(rows), reached=sum(each is LinkAnswer.REACHED for _, each in answers))
    return len(rows)


async def _ask(
    hosts: Sequence[Sequence[_Link]], make_asker: "Callable[[], LinkAsker] | None"
) -> list[tuple[_Link, LinkAnswer]]:
    from shops.public import asking  # loaded with the first link, as its library

    at_once = asyncio.Semaphore(_HOSTS_AT_ONCE)
    found: list[tuple[_Link, LinkAnswer]] = []
    async with (make_asker or asking.LinkAsker)() as asker:

        async def ask_host(links: Sequence[_Link]) -> None:
            answer = LinkAnswer.REACHED
            async with at_once:
                for link in links:
                    answer = answer if answer is LinkAnswer.UNSURE else await asker.ask(link.url)
                    found.append((link, answer))

        await asyncio.gather(*(ask_host(links) for links in hosts))
    return found


async def _note(link: _Link, answer: LinkAnswer, now: datetime) -> None:
    """What came of it; an answer that is unsure, and that nothing else makes sure, changes nothing."""
    row = {"shop_id": link.shop_id, "url": link.url, "now": now}
    if answer is LinkAnswer.UNSURE and not await db.fetchval(sql(_OTHERS_ANSWER, host=link.host, since=now - DAILY)):
        return
    failures = 0 if answer is LinkAnswer.REACHED else min(link.failures + 1, FAILURES_MOST)
    async with db.transaction():
        since = await db.fetchrow(
            sql(_NOTE, **row, failures=failures, is_failing=failures > 0, next_at=next_check(now, failures))
        )
        if since is not None and failures == SILENT_AFTER:
            await events.record(await _silent(link, since["failing_since"]))


async def _silent(link: _Link, since: datetime) -> KitchenLinkSilent:
    shop = await register.get_shop(link.shop_id)
    holders = (await register.list_holders([shop.id]))[shop.id]
    return KitchenLinkSilent(
        subject_id=shop.id,
        area_code=shop.area_code,
        shop_name=shop.name,
        account_ids=tuple(each.account_id for each in holders if each.role is ShopRole.OWNER),
        host=link.host,
        since=since,
    )
