"""Folding is exact: whatever is repeated, late or out of order, alarms and counts are those of a plain model."""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from backend import db
from tests.makers.sensors import alarms, make_sensor_source, make_sensors, reading, recovery, take, value
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")

SMOKES, LEVELS = ("smoke-1", "smoke-2"), ("level-1",)
HIGH, FINE = 5.0, 1.0
MINUTES = 12


class Said(NamedTuple):
    device: str
    minute: int
    what: str
    nr: int


def said() -> st.SearchStrategy[Said]:
    minutes, numbers = st.integers(0, MINUTES), st.integers(0, 3)
    smoke = st.builds(Said, st.sampled_from(SMOKES), minutes, st.sampled_from(("alarm", "over", "tampered")), numbers)
    return smoke | st.builds(Said, st.sampled_from(LEVELS), minutes, st.sampled_from(("high", "fine")), numbers)


class Expected(NamedTuple):
    readings: int
    first: int
    last: int
    cleared: int | None


def model(messages: list[Said]) -> dict[tuple[str, str], Expected]:
    """Each different message counts once; an alarm is over while the latest word of its device says so."""
    raised: dict[tuple[str, str], list[int]] = defaultdict(list)
    over: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in set(messages):
        if each.what == "over":
            over[each.device, "smoke"].append(each.minute)
            over[each.device, "tampered"].append(each.minute)
        elif each.what == "fine":
            over[each.device, "level_high"].append(each.minute)
        else:
            cause = {"alarm": "smoke", "tampered": "tampered", "high": "level_high"}[each.what]
            raised[each.device, cause].append(each.minute)
    found = {}
    for key, minutes in raised.items():
        latest = max(over[key], default=None)
        is_over = latest is not None and latest > max(minutes)
        found[key] = Expected(len(minutes), min(minutes), max(minutes), latest if is_over else None)
    return found


def one_value_a_minute(messages: list[Said]) -> list[Said]:
    """A gauge shows one value at an instant: of two that differ, the second is left out."""
    first: dict[tuple[str, int], str] = {}
    return [
        each
        for each in messages
        if first.setdefault((each.device, each.minute), each.what) == each.what or each.device in SMOKES
    ]


@settings(
    max_examples=30,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(messages=st.lists(said(), min_size=16, max_size=48).map(one_value_a_minute), data=st.data())
async def test_any_order_repetition_and_batching_gives_what_the_plain_model_says(town, now, messages, data):
    source, begun = town
    await clear()
    sent = data.draw(st.permutations(messages)) + data.draw(st.lists(st.sampled_from(messages), max_size=8))
    while sent:
        size = data.draw(st.integers(1, len(sent)))
        await take(source, now, *(message(each, begun) for each in sent[:size]))
        sent = sent[size:]

    found = {
        (row["device_no"], row["cause"]): Expected(
            row["readings"],
            minute(row["first_at"], begun),
            minute(row["last_at"], begun),
            None if row["cleared_at"] is None else minute(row["cleared_at"], begun),
        )
        for row in await alarms()
    }
    expected = model(messages)
    assert found == expected
    by_device = [device for device, cause in expected if cause == "tampered"]
    by_place = {cause for _, cause in expected if cause != "tampered"}
    assert await db.fetchval("SELECT count(*) FROM alarm_fold") == len(by_device) + len(by_place)


@pytest.fixture
async def town(now):
    small = await make_town(now)
    source = await make_sensor_source(now)
    await make_sensors(source, small.place_id, now, *SMOKES)
    await make_sensors(source, small.place_id, now, *LEVELS, kind="water_level")
    return source, now - timedelta(hours=1)


async def clear() -> None:
    await db.execute("TRUNCATE alarm_reading, sensor_alarm, alarm_fold")
    await db.execute("UPDATE sensor_state SET value = NULL, value_at = NULL, seen_at = NULL")


def message(each: Said, begun):
    at = begun + timedelta(minutes=each.minute)
    number = f"{each.what}-{each.minute}-{each.nr}"
    if each.what in ("high", "fine"):
        return value(each.device, at, HIGH if each.what == "high" else FINE, reading_no=number)
    if each.what == "over":
        return recovery(each.device, at, reading_no=number)
    cause = {"alarm": "smoke", "tampered": "tampered"}[each.what]
    return reading(each.device, at, cause=cause, reading_no=number)


def minute(at, begun) -> int:
    return int((at - begun).total_seconds() // 60)
