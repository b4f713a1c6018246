"""Count the grades of shops for a day: each shop once, by its findings, set-wise. Counting again changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from backend import db
from backend.calendars.rules import SHANGHAI
from backend.events import service as events
from backend.sql import sql
from shops.grades import findings, rules, settings
from shops.grades.events import ShopGradeChanged
from shops.grades.structs import Grade, GradeSettings, Score, Standing
from shops.register import queries as register
from shops.register.structs import Shop, ShopHolder

BATCH = 500
_DUE = """
    SELECT s.id FROM shop s LEFT JOIN shop_grade g ON g.shop_id = s.id
    WHERE s.ended_at IS NULL AND s.id > $1 AND g.counted_on IS DISTINCT FROM $2 ORDER BY s.id LIMIT $3
"""
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('shop grades', 0))"
_STANDING = "SELECT shop_id, grade, since FROM shop_grade WHERE shop_id = ANY($1::bigint[])"
_WRITE = """
    INSERT INTO shop_grade (shop_id, grade, score, since, counted_on)
    SELECT w.shop_id, w.grade, w.score, w.since, :today
    FROM jsonb_to_recordset(:rows::jsonb) AS w (shop_id bigint, grade text, score float8, since date)
    ON CONFLICT (shop_id) DO UPDATE SET grade = excluded.grade, score = excluded.score, since = excluded.since,
        counted_on = excluded.counted_on
"""
_CHANGED = """
    INSERT INTO grade_change (shop_id, before, after, score, has_p0, "on", at)
    SELECT w.shop_id, w.before, w.grade, w.score, w.has_p0, :today, :now
    FROM jsonb_to_recordset(:rows::jsonb)
        AS w (shop_id bigint, before text, grade text, score float8, has_p0 boolean)
    WHERE w.before <> w.grade
"""


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What a count makes of a shop."""

    shop_id: int
    before: Grade
    grade: Grade
    score: float
    has_p0: bool
    since: date


async def count_all(now: datetime) -> int:
    """Count every shop that was not counted today. Returns how many. Several workers may do so at once."""
    today, after, done = now.astimezone(SHANGHAI).date(), 0, 0
    while True:
        async with db.transaction():
            await db.execute(_LOCK)
            due = [row["id"] for row in await db.fetch(_DUE, after, today, BATCH)]
            await _count(due, today, now)
        if not due:
            return done
        after, done = due[-1], done + len(due)


async def count_shops(shop_ids: Sequence[int], now: datetime) -> None:
    """Count these shops anew, in the caller's transaction: a grave fault was found, or a panel struck one."""
    await db.execute(_LOCK)
    await _count(sorted(set(shop_ids)), now.astimezone(SHANGHAI).date(), now)


async def _count(shop_ids: Sequence[int], today: date, now: datetime) -> None:
    if not shop_ids:
        return
    shops = await register.get_shops(shop_ids)
    by_area = await settings.of_areas([shop.area_code for shop in shops.values()])
    found = await findings.of_shops(shop_ids, now)
    stood = {
        row["shop_id"]: Standing(grade=Grade(row["grade"]), since=row["since"])
        for row in await db.fetch(_STANDING, list(shop_ids))
    }
    counts = list[Count]()
    for shop in shops.values():
        by = by_area[shop.area_code]
        score = rules.score(found[shop.id], by, today)
        counts.append(_of_shop(shop.id, stood.get(shop.id), score, by, today))
    rows = msgspec.json.encode(counts).decode()
    await db.execute(sql(_WRITE, rows=rows, today=today))
    await db.execute(sql(_CHANGED, rows=rows, today=today, now=now))
    changed = [count for count in counts if count.before is not count.grade]
    people = await register.list_holders([count.shop_id for count in changed]) if changed else {}
    facts = [_fact(shops[each.shop_id], each, by_area, people[each.shop_id]) for each in changed]
    await events.record(*facts)


def _of_shop(shop_id: int, stood: Standing | None, score: Score, by: GradeSettings, today: date) -> Count:
    before = stood or Standing(grade=Grade.A, since=today)
    grade = rules.next_grade(before, score, by, today)
    since = before.since if grade is before.grade else today
    return Count(shop_id=shop_id, before=before.grade, grade=grade, score=score.total, has_p0=score.has_p0, since=since)


def _fact(
    shop: Shop, count: Count, by_area: Mapping[str, GradeSettings], people: Sequence[ShopHolder]
) -> ShopGradeChanged:
    return ShopGradeChanged(
        subject_id=shop.id,
        area_code=shop.area_code,
        account_ids=tuple(person.account_id for person in people),
        shop=shop.name,
        before=count.before,
        after=count.grade,
        score=count.score,
        visit_days=by_area[shop.area_code].visit_days(count.grade),
    )
