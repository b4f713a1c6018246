"""Visits to lone elders of the made-up past: two weeks of them, one that nobody made, and help that is needed today."""

from datetime import datetime, time, timedelta
from random import Random

from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import SHANGHAI, shanghai_date
from backend.demo import street
from backend.demo.people import COMMITTEE
from backend.elder_care import queries, register, rounds, visiting
from backend.elder_care.rules import EVERY_DAYS, Consent, Risk, VisitOutcome, VisitWay
from backend.elder_care.structs import ElderDraft, PersonalData, RecordDraft, VisitView
from backend.places.kinds import PlaceKind
from backend.privacy.seals import Seal
from backend.structs import IdempotencyKey

_DAYS, _MISSED_AGO = 14, 5
_VISITOR, _DOORS = "volunteer1", 40
_SURNAMES = ("赵", "钱", "孙", "周", "吴", "郑", "冯", "褚")
_WAYS = (
    (Risk.HIGH, VisitWay.CALL),
    (Risk.HIGH, VisitWay.VISIT),
    (Risk.MEDIUM, VisitWay.VISIT),
    (Risk.MEDIUM, VisitWay.CALL),
    (Risk.LOW, VisitWay.VISIT),
)
_OF_STREET = {"L-0001", "L-0002", "L-0003"}
_OPENS = time(8)


async def load(seal: Seal, chance: Random, now: datetime) -> None:
    """Elders beside the three of the street, and what was found at their doors."""
    committee = await accounts.get_actor(await _id_of(Role.COMMITTEE.value))
    since = now - timedelta(days=_DAYS + 1)
    doors = await street.list_featured(PlaceKind.DOORPLATE, _DOORS)
    own = [door.id for door in doors if door.area_code == COMMITTEE][-len(_SURNAMES) :]
    for nr, (place_id, surname) in enumerate(zip(own, _SURNAMES, strict=False)):
        await _add(nr, place_id, surname, committee, seal, since)
    today = shanghai_date(now)
    for ago in range(_DAYS, 0, -1):
        day = today - timedelta(days=ago)
        await rounds.make_rounds(datetime.combine(day, _OPENS, SHANGHAI))
        await _visit(await queries.list_due(committee, day), committee, seal, chance, is_missed=ago == _MISSED_AGO)
    await rounds.make_rounds(now)
    waiting = await queries.list_due(committee, today)
    own = [each for each in waiting if each.label not in _OF_STREET]
    await _visit([each for each in own[2:] if each.due_at < now], committee, seal, chance, is_missed=False)
    if own and (at := now - timedelta(minutes=25)) > datetime.combine(today, _OPENS, SHANGHAI):
        await _record(own[0], VisitOutcome.NEEDS_HELP, "摔倒后行动不便,请上门查看", committee, seal, at)


async def _add(nr: int, place_id: int, surname: str, committee: Actor, seal: Seal, since: datetime) -> None:
    risk, way = _WAYS[nr % len(_WAYS)]
    consent_on = shanghai_date(since)
    draft = ElderDraft(
        label=f"L-{101 + nr:04d}",
        risk=risk,
        way=way,
        every_days=EVERY_DAYS[risk],
        consent=Consent.SELF,
        consent_on=consent_on,
        until=consent_on + timedelta(days=365),
    )
    data = PersonalData(name=f"{surname}老人(演示)", door=f"{nr + 2} 号楼 {nr + 1}02 室", phone="13800000000")
    elder_id = await register.add(place_id, draft, data, committee, seal=seal, now=since)
    if nr % 2:
        await register.assign(elder_id, await _id_of(_VISITOR), committee, since)


async def _visit(visits: list[VisitView], by: Actor, seal: Seal, chance: Random, *, is_missed: bool) -> None:
    """All are made in time but one, on one of the days; now and then nobody opens at first."""
    for nr, each in enumerate(visits):
        if is_missed and nr == 0:
            await rounds.escalate_missed(each.due_at + timedelta(hours=5))
            continue
        at = each.due_at - timedelta(minutes=chance.randrange(20, 150))
        if chance.random() < 0.06:
            await _record(each, VisitOutcome.NOT_OPENED, "", by, seal, at - timedelta(minutes=15))
        await _record(each, VisitOutcome.WELL, "", by, seal, at)


async def _record(each: VisitView, outcome: VisitOutcome, note: str, by: Actor, seal: Seal, at: datetime) -> None:
    said, key = RecordDraft(outcome=outcome, note=note), IdempotencyKey(f"past-{each.id}-{outcome.value}")
    await visiting.record(each.id, said, by, key=key, seal=seal, now=at)


async def _id_of(username: str) -> int:
    found = await accounts.find_account_id(username)
    assert found is not None
    return found
