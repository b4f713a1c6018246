"""Orders that say something, of many weeks, straight in the table: each from a caller of its own, as the hotline's."""

from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

import msgspec

from backend import db
from backend.sql import sql
from tests.makers.town import COMMITTEE, DOOR, TOWN

MATTERS = ("飞线充电", "高空抛物", "毁绿占绿", "油车占位", "群租扰民", "垃圾堆放")
BEFORE = ("居民说", "希望处理", "这里", "晚上", "小区里", "又是", "门口", "屡次", "都在", "楼下", "对面", "请管管")
AFTER = ("影响大家", "没人管", "已经很久", "请来看", "太多", "很危险", "怎么办", "一直有", "越来越多", "快处理")
OTHER_COMMITTEE = f"{TOWN}002"


class Saying(NamedTuple):
    """`opener`: an account that reported it; None: a caller of the hotline."""

    words: str
    at: datetime
    area: str = COMMITTEE
    opener: int | None = None
    state: str = "dispatched"


async def say(sayings: list[Saying]) -> list[int]:
    """The ids of the orders, in the order given."""
    rows = [saying._asdict() for saying in sayings]
    found = await db.fetch(sql(_INSERT, rows=msgspec.json.encode(rows).decode(), lng=DOOR.lng, lat=DOOR.lat))
    return [row["id"] for row in found]


def weeks_of(now: datetime, weeks: int = 10, per_week: int = 30, seed: int = 1) -> list[Saying]:
    """All matters alike, up to the seven days before now."""
    chance = Random(seed)
    return [
        Saying(
            words(chance.choice(MATTERS[1:]), chance), now - timedelta(days=7 + 7 * week + chance.random() * 7), area
        )
        for week in range(weeks)
        for number in range(per_week)
        for area in [COMMITTEE if number % 2 else OTHER_COMMITTEE]
    ]


def outbreak(now: datetime, many: int = 14, matter: str = MATTERS[0], seed: int = 2) -> list[Saying]:
    """Of one matter in one committee, beside what is always said, within the last two days."""
    chance = Random(seed)
    usual = [
        Saying(words(chance.choice(MATTERS[1:]), chance), now - timedelta(hours=chance.random() * 40), OTHER_COMMITTEE)
        for _ in range(16)
    ]
    return usual + [Saying(words(matter, chance), now - timedelta(hours=chance.random() * 40)) for _ in range(many)]


def words(matter: str, chance: Random) -> str:
    return f"{chance.choice(BEFORE)}{matter}{chance.choice(AFTER)}。{chance.choice(BEFORE)}看看"


_INSERT = """
    INSERT INTO work_order (state, item_id, area_code, priority, source_kind, opened_by_id, opened_at, respond_by,
        resolve_by, loc, description, number, closed_at, cancelled_at)
    SELECT state, 'A101', area, 'P3', CASE WHEN opener IS NULL THEN 'hotline' ELSE 'report' END, opener, at, at, at,
        ST_SetSRID(ST_MakePoint(:lng, :lat), 4326)::geography, words, 'OP' || left(md5(gen_random_uuid()::text), 20),
        CASE WHEN state = 'closed' THEN at END, CASE WHEN state = 'cancelled' THEN at END
    FROM ROWS FROM (
        jsonb_to_recordset(:rows::jsonb) AS (words text, at timestamptz, area text, opener bigint, state text)
    ) WITH ORDINALITY AS said (words, at, area, opener, state, nr)
    ORDER BY nr RETURNING id
"""
