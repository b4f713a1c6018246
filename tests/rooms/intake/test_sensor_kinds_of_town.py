"""A town's own kinds of devices: from files, beside the shipped ones and in their place, all of a file or nothing."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from backend import db
from backend.intake.sensors import kind_files, queries, silence, town_kinds
from backend.intake.sensors import kinds as known
from backend.intake.sensors.kinds import kinds, shipped
from tests.makers.sensors import make_sensor_source, make_sensors, orders, reading, take_and_file, value
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("intake")
KINDS = """code,name_zh,name_en,unit,low,high,silence_min,battery_floor,activity
ice_gauge,路面结冰,Ice gauge,mm,,1,60,20,
smoke,独立式烟感(本镇),Smoke detector,,,,30,25,
"""
CAUSES = """kind,code,name_zh,name_en,trigger,item_code,fold_by,fold_min,storm_min,visit,reason_zh,reason_en
ice_gauge,ice,路面结冰,Ice on the road,high,B403,place,30,60,while_on,路面结冰:请撒盐,Ice on the road: put down salt
smoke,dirty,烟感积灰,Detector full of dust,event,B102,device,60,0,while_on,烟感需要清洁,A smoke detector needs cleaning
"""


@pytest.fixture(autouse=True)
def as_shipped_afterwards() -> Iterator[None]:
    yield
    known.use(None)
    town_kinds._Seen.state = ""


async def load(folder: Path, now, kinds_text: str = "", causes_text: str = "", *, is_preview: bool = False):
    paths: list[Path | None] = []
    for name, text in (("kinds.csv", kinds_text), ("causes.csv", causes_text)):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        paths.append(path if text else None)
    return await kind_files.load(paths[0], paths[1], now, is_preview=is_preview)


async def test_a_kind_of_the_towns_own_alarms_and_a_shipped_one_says_what_the_town_says(now, tmp_path):
    town = await make_town(now)
    source = await make_sensor_source(now)
    await make_sensors(source, town.place_id, now, "s-1")
    preview = await load(tmp_path, now, KINDS, CAUSES, is_preview=True)
    assert (preview.kinds, preview.causes, preview.is_stored, preview.refused) == (2, 2, False, [])
    assert (await load(tmp_path, now, KINDS, CAUSES)).is_stored
    assert (await load(tmp_path, now, KINDS, CAUSES)).is_stored, "again it changes nothing"
    assert await db.fetchval("SELECT count(*) FROM sensor_kind") == 2

    await make_sensors(source, town.place_id, now, "i-1", kind="ice_gauge")
    await take_and_file(source, now, value("i-1", now, 3.0), reading("s-1", now, cause="dirty"))
    assert [order["item_id"] for order in await orders()] == ["B403", "B102"]
    listed = {each.device_no: each.kind_zh for each in (await queries.list_sensors(town.dispatcher)).items}
    assert listed == {"s-1": "独立式烟感(本镇)", "i-1": "路面结冰"}
    assert set(kinds()) - set(shipped()) == {"ice_gauge"}
    assert set(shipped()["smoke"].causes) < set(kinds()["smoke"].causes)


async def test_another_process_knows_it_with_the_next_message_and_silence_counts_by_the_new_limit(now, tmp_path):
    town = await make_town(now)
    source = await make_sensor_source(now)
    await make_sensors(source, town.place_id, now, "s-1")
    await load(tmp_path, now, KINDS, CAUSES)
    known.use(None)
    town_kinds._Seen.state = "as it was"

    await take_and_file(source, now, reading("s-1", now, cause="dirty"))
    assert kinds()["smoke"].silence_min == 30
    assert await silence.find_silent(now + timedelta(minutes=29)) == 0
    assert await silence.find_silent(now + timedelta(minutes=31)) == 1


@pytest.mark.parametrize(
    ("kinds_text", "causes_text", "why"),
    [
        ("code,name_zh,name_en,silence_min\nice_gauge,冰,Ice,60\n", "", "sensor-kind-without-alarm"),
        ("code,name_zh,name_en,silence_min\nICE,冰,Ice,60\n", "", "sensor-code-impossible"),
        ("code,name_zh,name_en,silence_min\nsmoke,烟感,Smoke,0\n", "", "value-no-number"),
        ("code,name_zh,name_en,silence_min\nsmoke,烟感,Smoke,1e30\n", "", "value-no-number"),
        ("code,name_zh,name_en,silence_min,battery_floor\nsmoke,烟感,Smoke,60,101\n", "", "value-no-number"),
        ("code,name_zh,name_en,silence_min\nsmoke,,Smoke,60\n", "", "value-missing"),
        ("code,name_zh,name_en,silence_min\nsmoke,烟,Smoke,60\nsmoke,烟,Smoke,60\n", "", "line-twice"),
        ("code,name_zh,name_en,silence_min,low,high\ngas,气,Gas,60,9,3\n", "", "sensor-range-empty"),
        ("code,name_zh,name_en,silence_min\ngas,气,Gas,60\n", "", "sensor-cause-without-range"),
        ("code,name_zh,name_en,silence_min,activity\nsmoke,烟,Smoke,60,smoke\n", "", "sensor-kind-activity-unknown"),
        ("", CAUSES, "sensor-kind-unknown"),
        ("", "kind,code,name_zh,name_en,trigger\nsmoke,dirty,脏,Dirty,event\n", "sensor-cause-without-item"),
        ("", "kind,code,name_zh,name_en,trigger\nsmoke,dirty,脏,Dirty,maybe\n", "value-not-a-choice"),
        (KINDS, CAUSES.replace("B403", "Z999"), "sensor-cause-item-unknown"),
    ],
)
async def test_where_one_line_is_wrong_nothing_is_stored_and_it_is_said_why(
    now, tmp_path, kinds_text, causes_text, why
):
    report = await load(tmp_path, now, kinds_text, causes_text)

    assert why in [each.why.key for each in report.refused]
    assert not report.is_stored
    assert (
        await db.fetchval("SELECT count(*) FROM sensor_kind") + await db.fetchval("SELECT count(*) FROM sensor_cause")
        == 0
    )


async def test_what_is_listed_can_be_taken_again_as_it_is(now, tmp_path):
    texts = []
    for rows in (list(kind_files.rows_of_kinds(shipped())), list(kind_files.rows_of_causes(shipped()))):
        written = io.StringIO()
        writer = csv.DictWriter(written, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        texts.append(written.getvalue())

    report = await load(tmp_path, now, *texts)

    assert (report.kinds, report.is_stored, report.refused) == (32, True, [])
    assert kinds() == shipped()


async def test_the_database_holds_to_it_too():
    for values in ("'Ice', '冰', 'Ice', 60", "'ice', '', 'Ice', 60", "'ice', '冰', 'Ice', 0"):
        with pytest.raises(asyncpg.CheckViolationError):
            await db.execute(f"INSERT INTO sensor_kind (code, name_zh, name_en, silence_min) VALUES ({values})")
    with pytest.raises(asyncpg.CheckViolationError):
        await db.execute(
            "INSERT INTO sensor_cause (kind, code, name_zh, name_en, trigger) VALUES ('ice', 'ice', '冰', 'Ice', 'low')"
        )
