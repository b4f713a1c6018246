"""What is laid down for days, hours and weather, by whom, and what is missing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend import db
from backend.calendars import queries
from backend.calendars import service as calendars
from backend.calendars.errors import AreaPrefixInvalid, ModeEndsEarly, WindowInvalid
from backend.calendars.structs import WeatherLevel, Window

TOWN, COMMITTEE, OTHER_TOWN = "310115105", "310115105001", "310115106"
NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
WORKED_SATURDAY = date(2026, 10, 10)


@pytest.fixture(autouse=True)
async def _calendar_of_the_country(database):
    """The national days are kept between tests; what a test lays down is not."""
    yield
    await db.execute("DELETE FROM calendar_day WHERE origin = 'person'")
    await calendars.seed()


async def facts() -> list[str]:
    return [row["name"] for row in await db.fetch("SELECT name FROM event_log ORDER BY id")]


async def test_the_country_knows_every_year_of_the_package():
    known = await queries.list_known_years()

    assert known == list(range(2004, 2027))


async def test_seeding_again_changes_nothing_and_tells_nothing():
    assert await calendars.seed() == 0
    assert await facts() == []


async def test_a_day_that_a_person_set_survives_the_next_seed():
    await calendars.set_days("", [WORKED_SATURDAY], is_workday=False, note="台风")

    await calendars.seed()

    (day,) = await queries.list_days("", WORKED_SATURDAY, WORKED_SATURDAY)
    assert (day.is_workday, day.note) == (False, "台风")


async def test_a_street_beats_the_country_within_its_area_only():
    await calendars.set_days(TOWN, [WORKED_SATURDAY], is_workday=False, note="镇庆")

    inside = await queries.get_timetable(COMMITTEE, NOW - timedelta(days=60))
    outside = await queries.get_timetable(OTHER_TOWN, NOW - timedelta(days=60))

    assert not inside.days[WORKED_SATURDAY].is_workday
    assert outside.days[WORKED_SATURDAY].is_workday
    assert await facts() == ["CalendarChanged"]


async def test_what_is_taken_back_falls_to_the_area_above():
    await calendars.set_days(TOWN, [WORKED_SATURDAY], is_workday=False)

    await calendars.forget_days(TOWN, [WORKED_SATURDAY])

    (day,) = await queries.list_days(TOWN, WORKED_SATURDAY, WORKED_SATURDAY)
    assert (day.is_workday, day.area_code) == (True, "")


async def test_the_coming_year_is_missed_from_november_on():
    gap = await queries.find_gap(NOW)

    assert gap is not None
    assert gap.year == 2027
    assert await queries.find_gap(NOW - timedelta(days=30)) is None


async def test_a_year_that_is_entered_is_not_missed_any_more():
    await calendars.set_days("", [date(2027, 2, 5)], is_workday=False, note="春节")

    assert await queries.find_gap(NOW) is None


async def test_the_hours_of_the_nearest_area_replace_those_above():
    await calendars.set_windows("3101", "work", [Window(opens_min=540, closes_min=1020)])
    own = [Window(opens_min=480, closes_min=720), Window(opens_min=840, closes_min=1080)]
    await calendars.set_windows(TOWN, "work", own)

    assert (await queries.get_timetable(COMMITTEE, NOW)).windows["work"] == own
    assert len((await queries.get_timetable(OTHER_TOWN, NOW)).windows["work"]) == 1
    assert (await queries.get_timetable("440304", NOW)).windows == {}


async def test_windows_that_overlap_are_refused():
    with pytest.raises(WindowInvalid):
        await calendars.set_windows(
            TOWN, "work", [Window(opens_min=480, closes_min=720), Window(opens_min=700, closes_min=900)]
        )


async def test_weather_covers_its_area_until_it_is_ended():
    await calendars.set_weather(TOWN, WeatherLevel.RED, NOW)

    (mode,) = await queries.list_modes(COMMITTEE, NOW)
    assert mode.level is WeatherLevel.RED
    assert await queries.list_modes(OTHER_TOWN, NOW) == []

    assert await calendars.end_weather(TOWN, NOW + timedelta(hours=1)) == 1
    assert await queries.list_modes(COMMITTEE, NOW + timedelta(hours=1)) == []


async def test_a_warning_that_is_still_to_come_can_be_withdrawn():
    await calendars.set_weather(TOWN, WeatherLevel.RED, NOW + timedelta(days=1), NOW + timedelta(days=2))

    withdrawn = await calendars.end_weather(TOWN, NOW)

    assert withdrawn == 1
    assert await queries.list_modes(COMMITTEE, NOW + timedelta(days=1)) == []


async def test_what_makes_no_sense_is_refused():
    with pytest.raises(ModeEndsEarly):
        await calendars.set_weather(TOWN, WeatherLevel.RED, NOW, NOW)
    with pytest.raises(AreaPrefixInvalid):
        await calendars.set_days("31011", [WORKED_SATURDAY], is_workday=True)
