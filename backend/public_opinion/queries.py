"""What rises in an area and week, for pages and the wall. Nothing is told that fewer than five reporters said."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import asyncpg
import msgspec

from backend import db
from backend.accounts import permissions
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.geo.area_codes import COMMITTEE_CHARS, DISTRICT_CHARS, TOWN_CHARS
from backend.geo.area_sql import outermost, within_any
from backend.places import queries as places
from backend.public_opinion.detection.surprise import growth, log_likelihood_ratio
from backend.public_opinion.errors import MatterMissing, OpinionAreaMissing
from backend.public_opinion.rules import HOT_FALSE, LEAST_VOICES, LEAST_WEEKS, WEEKS_BEFORE
from backend.public_opinion.structs import MatterStanding, OpinionMatter, OpinionWeek, OpinionWordCount
from backend.public_opinion.weeks import WEEK, monday_of, weeks_to
from backend.sql import sql

SHOWN = 20
"""Words of a list, at most."""
NEW_WEEKS = 12
"""A word is new that was not said in the town for so many weeks."""
WEEKS_DRAWN = 12
_EARLIEST, _LATEST = date(2000, 1, 3), date(2999, 12, 30)
_TOTALS = """
    SELECT area_code, week, orders, reporters FROM opinion_total
    WHERE area_code = ANY(:areas::text[]) AND week BETWEEN :since AND :week
"""
# No NOT EXISTS: a kept plan would answer it from a hash of those weeks of every area, for which it reads all counts.
_WORDS = """
    SELECT now.area_code, now.word_id, w.word, w.is_place, now.reporters, now.orders, earlier.weeks, earlier.counts,
           (
               SELECT t.id FROM opinion_count t WHERE t.word_id = now.word_id AND t.area_code = left(now.area_code, 9)
                   AND t.week >= :new_since AND t.week < :week LIMIT 1
           ) IS NULL AS is_new, 1 AS towns
    FROM opinion_count now JOIN opinion_word w ON w.id = now.word_id AND NOT w.is_dropped
    CROSS JOIN LATERAL (
        SELECT array_agg(b.week) AS weeks, array_agg(b.reporters) AS counts FROM opinion_count b
        WHERE b.word_id = now.word_id AND b.area_code = now.area_code AND b.week >= :drawn_since AND b.week < :week
    ) earlier
    WHERE now.area_code = ANY(:areas::text[]) AND now.week = :week AND now.reporters >= :least
"""
# The words of a district are those of its towns, by how they read.
_DISTRICT_WORDS = """
    SELECT now.district_code AS area_code, 0::bigint AS word_id, now.word, now.is_place, now.reporters, now.orders,
           now.towns, earlier.weeks, earlier.counts, coalesce(earlier.latest < :new_since, true) AS is_new
    FROM opinion_district_count now CROSS JOIN LATERAL (
        SELECT array_agg(b.week) AS weeks, array_agg(b.reporters) AS counts, max(b.week) AS latest
        FROM opinion_district_count b
        WHERE b.district_code = now.district_code AND b.word = now.word AND b.week >= :drawn_since AND b.week < :week
    ) earlier
    WHERE now.district_code = ANY(:areas::text[]) AND now.week = :week AND now.reporters >= :least
"""
_SOURCES = """
    SELECT said.word_id, t.source, count(*) AS texts FROM opinion_text t CROSS JOIN LATERAL unnest(t.word_ids)
        AS said (word_id)
    WHERE t.town_code = left(:area, 9) AND t.week = :week AND :area IN (t.area_code, t.town_code)
      AND said.word_id = ANY(:word_ids::bigint[])
    GROUP BY said.word_id, t.source ORDER BY texts DESC, t.source
"""
_OF_MATTERS = """
    SELECT m.id, m.area_code, m.word_ids, m.first_on, m.last_on, m.orders, m.reporters, m.expected, m.surprise,
           m.false_discovery, m.warned_at, m.verdict, m.days, m.spots, m.sources::text AS sources, m.standing,
           m.quiet_until, said.words, said.places
    FROM emerging_matter m CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(w.word ORDER BY at) FILTER (WHERE NOT w.is_place), '{}') AS words,
               coalesce(array_agg(w.word ORDER BY at) FILTER (WHERE w.is_place), '{}') AS places
        FROM unnest(m.word_ids) WITH ORDINALITY AS part (id, at) JOIN opinion_word w ON w.id = part.id
        WHERE NOT w.is_dropped
    ) said
"""
_MATTERS = f"""
    {_OF_MATTERS} WHERE {{in_town}} AND m.last_on >= :first AND m.first_on <= :last
      AND said.words <> '{{}}' AND EXISTS (SELECT FROM unnest(:areas::text[]) AS area (code)
        WHERE left(m.area_code, length(area.code)) = area.code)
    ORDER BY m.surprise DESC, m.id LIMIT :most
"""
_MATTER = f"{_OF_MATTERS} WHERE m.id = :id AND said.words <> '{{}}'"
_MATTERS_MOST = 200


async def read_week(areas: Sequence[str], week: date) -> list[OpinionWeek]:
    """Districts, towns and committees in the week of a day, in the order given. Three statements, however many areas;
    one more where districts are among them.

    For whoever may read the desk of these areas: the caller sees to that. Raises nothing for areas without words.
    """
    monday = monday_of(min(max(week, _EARLIEST), _LATEST))
    drawn_since = monday - WEEK * (WEEKS_DRAWN - 1)
    totals = await db.fetch(sql(_TOTALS, areas=list(areas), since=drawn_since, week=monday))
    since = {"drawn_since": drawn_since, "new_since": monday - WEEK * NEW_WEEKS}
    values = {"week": monday, "least": LEAST_VOICES, **since}
    words = await db.fetch(sql(_WORDS, areas=[area for area in areas if len(area) > DISTRICT_CHARS], **values))
    if districts := [area for area in areas if len(area) == DISTRICT_CHARS]:
        words += await db.fetch(sql(_DISTRICT_WORDS, areas=districts, **values))
    matters = await list_matters(areas, monday, monday + WEEK)
    return [_week_of(area, monday, totals, words, matters) for area in areas]


async def list_sources(area: str, week: date, word_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """From where the texts come that say these words in a town or committee, by word and source; most first."""
    found: dict[int, dict[str, int]] = {}
    for row in await db.fetch(sql(_SOURCES, area=area, week=monday_of(week), word_ids=list(word_ids))):
        found.setdefault(row["word_id"], {})[row["source"]] = row["texts"]
    return found


async def list_matters(areas: Sequence[str], first: date, before: date) -> list[OpinionMatter]:
    """The matters that rose within these areas on some of these days, the most surprising first."""
    rows = await db.fetch(
        sql(
            _MATTERS,
            in_town=within_any("m.town_code", [area[:TOWN_CHARS] for area in areas], "town"),
            areas=list(areas),
            first=first,
            last=before - WEEK / 7,
            most=_MATTERS_MOST,
        )
    )
    return [_matter_of(row) for row in rows]


async def get_matter(matter_id: int) -> OpinionMatter:
    """For whoever may read the desk of its area: the caller sees to that. Raises MatterMissing."""
    row = await db.fetchrow(sql(_MATTER, id=matter_id))
    if row is None:
        raise MatterMissing
    return _matter_of(row)


def _matter_of(row: asyncpg.Record) -> OpinionMatter:
    return msgspec.convert(dict(row) | {"sources": msgspec.json.decode(row["sources"])}, OpinionMatter)


async def list_emerging(areas: Sequence[str], limit: int, today: date) -> list[OpinionMatter]:
    """What rose within these areas in the last seven days and is not put aside: warnings first, the most surprising
    first. One statement.

    Districts, towns and committees. For whoever may read the desk of these areas: the caller sees to that.
    """
    found = await list_matters(areas, today - WEEK + WEEK / 7, today + WEEK / 7)
    shown = [each for each in found if each.standing is not MatterStanding.PUT_ASIDE]
    return sorted(shown, key=lambda each: (not each.is_warned, -each.surprise, each.id))[: max(0, limit)]


async def name_of(area_code: str) -> str:
    """What the town's map calls an area; its code where it has no name."""
    found = await places.list_names([area_code], [area_code[:TOWN_CHARS]], 1)
    return found[0].name if found else area_code


def areas_of(actor: Actor) -> list[str]:
    """The areas whose desk the actor reads, widest first."""
    return outermost(permissions.areas_of(actor, Permission.READ_DESK))


def require_area(actor: Actor, area_code: str | None) -> str:
    """The district, town or committee that is asked for. Raises OpinionAreaMissing out of the actor's sight."""
    code = area_code or ""
    if len(code) not in (DISTRICT_CHARS, TOWN_CHARS, COMMITTEE_CHARS) or not may_within(
        actor, Permission.READ_DESK, code
    ):
        raise OpinionAreaMissing
    return code


def _week_of(
    area: str,
    monday: date,
    totals: Sequence[asyncpg.Record],
    words: Sequence[asyncpg.Record],
    matters: Sequence[OpinionMatter],
) -> OpinionWeek:
    reporters: dict[date, int] = defaultdict(int)
    orders: dict[date, int] = defaultdict(int)
    for row in totals:
        if row["area_code"] == area:
            reporters[row["week"]], orders[row["week"]] = row["reporters"], row["orders"]
    before = weeks_to(monday - WEEK, WEEKS_BEFORE)
    weeks_known = sum(reporters[week] > 0 for week in before)
    before_of = sum(reporters[week] for week in before)
    counted = [_count_of(row, monday, reporters, before_of) for row in words if row["area_code"] == area]
    is_comparable = weeks_known >= LEAST_WEEKS
    rising = _rising(counted, reporters[monday], before_of) if is_comparable else counted
    ranked = sorted(rising, key=lambda each: (-each.score, -each.reporters, each.word))
    new = sorted(
        (each for each in counted if each.is_new and is_comparable), key=lambda each: (-each.reporters, each.word)
    )
    return OpinionWeek(
        area_code=area,
        week=monday,
        reporters=reporters[monday],
        orders=orders[monday],
        before_reporters=before_of,
        weeks_known=weeks_known,
        hot=tuple(each for each in ranked if not each.is_place)[:SHOWN],
        new=tuple(each for each in new if not each.is_place)[:SHOWN],
        places=tuple(each for each in ranked if each.is_place)[:SHOWN],
        matters=tuple(each for each in matters if each.area_code.startswith(area)),
    )


def _rising(counted: Sequence[OpinionWordCount], now_of: int, before_of: int) -> list[OpinionWordCount]:
    """Those that are said more than before, by more than chance among all of them. Numpy comes with the first."""
    from backend.public_opinion.detection.tails import benjamini_hochberg, chances_of

    chances = chances_of([(each.reporters, now_of, each.before, before_of) for each in counted])
    believed = benjamini_hochberg(chances, len(counted)) <= HOT_FALSE
    return [each for each, is_hot in zip(counted, believed, strict=True) if is_hot]


def _count_of(row: asyncpg.Record, monday: date, reporters: Mapping[date, int], before_of: int) -> OpinionWordCount:
    earlier: dict[date, int] = dict(zip(row["weeks"] or (), row["counts"] or (), strict=True))
    before = sum(earlier.get(week, 0) for week in weeks_to(monday - WEEK, WEEKS_BEFORE))
    now, now_of = row["reporters"], reporters[monday]
    times, interval = growth(now, now_of, before, before_of)
    return OpinionWordCount(
        word_id=row["word_id"],
        word=row["word"],
        is_place=row["is_place"],
        reporters=now,
        orders=row["orders"],
        before=before,
        expected=now_of * before / before_of if before_of else 0.0,
        times=times,
        times_low=interval.low,
        times_high=interval.high,
        score=log_likelihood_ratio(now, now_of, before, before_of),
        is_new=row["is_new"],
        towns=row["towns"],
        by_week=tuple((earlier | {monday: now}).get(week, 0) for week in weeks_to(monday, WEEKS_DRAWN)),
    )
