"""A plate under suspicion becomes a message to those who can walk there, with the way to its page."""

from datetime import datetime, timedelta

import httpx

from backend import db
from backend.accounts.structs import Role
from backend.events import service as events
from backend.events.facts import Recorded
from backend.events.queries import list_by_ids
from bench.parts.statements import heard_from
from push import queries
from push.reactions import notify_inspectors
from push.structs import MessageView
from qr.codes import Code
from qr.events import PlateSuspected
from qr.rules import ScanGrade
from qr.service import suspecting
from qr.structs import Scan
from tests.makers.accounts import bearer, make_staff
from tests.makers.town import COMMITTEE, SmallTown, make_actor, make_town
from tests.makers.worker import work


async def _suspect(town: SmallTown, now: datetime) -> None:
    later = now + timedelta(minutes=1)  # than the plate was hung
    await suspecting.write(
        [
            Scan(
                code=town.code, scanned_at=later, channel="web", account_id=person, grade=ScanGrade.FAR, distance_m=900
            )
            for person in (1, 2, 3)
        ]
    )


async def _suspected(town: SmallTown, *, checks: int) -> list[Recorded]:
    """Facts as a reaction gets them."""
    facts = [
        PlateSuspected(
            subject_id=number,
            version=1,
            area_code=COMMITTEE,
            code=Code(town.code),
            place_id=town.place_id,
            far_scans=3,
            distance_m=900.0,
        )
        for number in range(1, checks + 1)
    ]
    async with db.transaction():
        ids = await events.record(*facts)
    return await list_by_ids(ids)


async def _inbox(account_id: int) -> list[MessageView]:
    return list((await queries.list_messages(account_id, limit=50)).items)


async def test_the_inspectors_of_the_area_are_told_once_and_led_to_the_plate(database: str, now: datetime) -> None:
    town = await make_town(now)
    inspector = await make_actor("巡视员", Role.INSPECTOR, COMMITTEE)
    elsewhere = await make_actor("别处", Role.INSPECTOR, "310115106")
    await _suspect(town, now)

    await work(database)
    await db.execute("INSERT INTO event_pending (event_id) SELECT id FROM event_log")
    await work(database)

    [message] = await _inbox(inspector.account_id)
    assert (message.path, message.order_id) == (f"/codes/{town.code}", None)
    assert message.title_zh == "请查看门牌码:莲安东路100号"
    assert "900 m" in message.body_en
    assert await _inbox(elsewhere.account_id) == []


async def test_without_inspectors_the_committee_is_told(database: str, now: datetime) -> None:
    town = await make_town(now)
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    await _suspect(town, now)

    await work(database)

    assert len(await _inbox(committee.account_id)) == 1


async def test_a_batch_of_plates_asks_no_more_often_than_one(database: str, now: datetime) -> None:
    town = await make_town(now)
    inspector = await make_actor("巡视员", Role.INSPECTOR, COMMITTEE)
    batch = await _suspected(town, checks=4)
    await notify_inspectors(batch[:1])

    once = await heard_from(lambda: notify_inspectors(batch[1:2]))
    at_once = await heard_from(lambda: notify_inspectors(batch[2:]))

    assert len(at_once) == len(once)
    assert len(await _inbox(inspector.account_id)) == 4


async def test_the_message_opens_the_page_of_the_plate(client: httpx.AsyncClient, database: str, now: datetime) -> None:
    town = await make_town(now)
    inspector = await make_staff(Role.INSPECTOR, area=COMMITTEE)
    await _suspect(town, now)
    await work(database)
    [message] = await _inbox(inspector.account_id)

    answer = await client.get(f"/inbox/{message.id}", headers=bearer(inspector))

    assert answer.headers["location"] == f"/codes/{town.code}"
    assert [each.read_at is None for each in await _inbox(inspector.account_id)] == [False]
