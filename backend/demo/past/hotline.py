"""The hotline of the made-up past: a source of its own, and a case for each of its orders."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from backend.calendars import queries as calendars
from backend.demo.ground import TOWN_CODE
from backend.intake.hotline import deadlines
from backend.intake.hotline.kinds import CaseKind
from backend.intake.hotline.past import PastCase, write_past
from backend.intake.sources import service as sources
from backend.intake.sources.structs import Source, SourceDraft, SourceKind
from backend.orders.model.sources import HOTLINE
from backend.orders.past.life import OrderLife
from backend.privacy.seals import Seal

_SOURCE = SourceDraft(
    name="demo-12345",
    kind=SourceKind.HOTLINE,
    title_zh="12345 热线(演示)",
    title_en="Hotline 12345 (demonstration)",
    area_code=TOWN_CODE,
)
_DAYS = 5
_SATISFIED = 0.88


async def add_source(seal: Seal, now: datetime) -> Source:
    return (await sources.add_source(_SOURCE, None, seal, now)).source


async def write_cases(
    source: Source, lives: Sequence[OrderLife], caller_id: int, chance: Random, since: datetime
) -> None:
    """The cases behind these orders. Most citizens were called within a working day."""
    timetable = await calendars.get_timetable(TOWN_CODE, since)
    cases = []
    for life in lives:
        order = life.beginning
        if order.source_kind != HOTLINE:
            continue
        contact_by = deadlines.in_working_days(order.opened_at, 1, timetable).due_at
        called_at = order.opened_at + (contact_by - order.opened_at) * chance.uniform(0.1, 1.08)
        ended_at = life.values["closed_at"]
        is_called = ended_at is not None or life.values["accepted_at"] is not None
        cases.append(
            PastCase(
                task_no=f"YS{order.opened_at:%Y%m%d}{order.id:06d}",
                order_id=order.id,
                kind=chance.choice((CaseKind.HELP, CaseKind.COMPLAINT)),
                received_at=order.opened_at - timedelta(minutes=4),
                days=_DAYS,
                due_at=deadlines.in_working_days(order.opened_at, _DAYS, timetable).due_at,
                contact_by=contact_by,
                contacted_at=min(called_at, ended_at or called_at) if is_called else None,
                contacted_by_id=caller_id,
                ended_at=ended_at,
                is_satisfied=chance.random() < _SATISFIED if ended_at else None,
            )
        )
    await write_past(source.id, cases)
