"""Devices from a file: what is good is registered, and of each other line it is said why not."""

import pytest

from backend import db
from backend.intake.sensors import loading, queries, registry
from backend.intake.sensors.loading import SensorFile
from tests.makers.sensors import make_sensor_source, reading, take
from tests.makers.town import DOOR, make_town

pytestmark = pytest.mark.usefixtures("intake")

LINES = f"""device_no,kind,place,lng,lat,low,high,watch,quiet_hours,installed_on
d-1,smoke,door:1,,,,,,,2026-01-31
d-2,water_level,,{DOOR.lng},{DOOR.lat},0.2,3.1,,,
d-3,door_sensor,door:1,,,,,W-1,12,
d-3,smoke,door:1,,,,,,,
d-4,toaster,door:1,,,,,,,
d-5,smoke,door:9,,,,,,,
d-6,smoke,,31.1,121.5,,,,,
d-7,smoke,,116.4,39.9,,,,,
d-8,water_level,door:1,,,5,3,,,
d-9,smoke,door:1,,,,,W-1,12,
d-10,smoke,,,,,,,,tomorrow
"""
WRONG = {
    5: "line-twice",
    6: "sensor-kind-unknown",
    7: "sensor-place-unknown",
    8: "sensor-position-impossible",
    9: "sensor-outside-source",
    10: "sensor-range-empty",
    11: "sensor-watch-impossible",
    12: "value-no-day",
}


async def test_a_file_is_previewed_taken_and_taken_again_and_each_wrong_line_says_why(database, now, tmp_path):
    town = await make_town(now)
    source = await make_sensor_source(now)
    path = tmp_path / "devices.csv"
    path.write_text(LINES, encoding="utf-8")
    await take(source, now, reading("d-1", now))

    preview = await loading.load(SensorFile(path=path, places="small-town", is_preview=True), source, now)
    assert (preview.read, preview.good, preview.new) == (11, 3, 0)
    assert await db.fetchval("SELECT count(*) FROM sensor") == 0
    first = await loading.load(SensorFile(path=path, places="small-town"), source, now)
    again = await loading.load(SensorFile(path=path, places="small-town"), source, now)
    path.write_text("device_no,kind,place,silence_min\nd-1,smoke,door:1,60\n", encoding="utf-8")
    changed = await loading.load(SensorFile(path=path, places="small-town"), source, now)

    assert (
        {each.line: each.why.key for each in first.refused}
        == WRONG
        == {each.line: each.why.key for each in preview.refused}
    )
    assert [(report.new, report.changed) for report in (first, again, changed)] == [(3, 0), (0, 0), (0, 1)]
    listed = (await queries.list_sensors(town.dispatcher)).items
    assert [(each.device_no, each.kind, each.area_code[:9]) for each in listed] == [
        ("d-1", "smoke", town.dispatcher.grants[0].area),
        ("d-2", "water_level", town.dispatcher.grants[0].area),
        ("d-3", "door_sensor", town.dispatcher.grants[0].area),
    ]
    detail = await queries.get_sensor(listed[1].id, town.dispatcher)
    assert (detail.low, detail.high, detail.silence_min) == (0.2, 3.1, 120)
    assert await db.fetchval("SELECT count(*) FROM unknown_sensor") == 0, "who is registered is claimed"

    await registry.switch(listed[0].id, now, is_on=False)
    assert (await take(source, now, reading("d-1", now))).unknown == 1
    assert await db.fetchval("SELECT count(*) FROM unknown_sensor") == 0
