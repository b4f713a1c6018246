"""`yima patrols` lays down routes from a file and makes a day's tasks; a file that is refused whole is a failure."""

from datetime import timedelta

from backend import clock
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from tests.makers.commands import type_all
from tests.makers.patrols import make_entry, make_places, make_template
from tests.makers.places import write_csv
from tests.makers.town import COMMITTEE, make_actor, make_town


async def test_routes_come_from_a_file_and_a_day_from_its_routes(database, tmp_path):
    now = clock.now()
    await make_town(now)
    committee = await make_actor("居委干部", Role.COMMITTEE, COMMITTEE)
    tomorrow = shanghai_date(now) + timedelta(days=1)
    await make_entry(await make_template(), committee, tomorrow)
    await make_places(2)
    header = ("居委编码", "任务", "路线", "点位")
    good = write_csv(tmp_path / "good.csv", header, *((COMMITTEE, "fire_lane", "一线", f"巡查路{n}号") for n in (1, 2)))
    bad = write_csv(tmp_path / "bad.csv", header, (COMMITTEE, "fire_lane", "二线", "没有这里"))

    laid, refused, made, again = type_all(
        database,
        [
            ("patrols", "import", str(good)),
            ("patrols", "import", str(bad)),
            *[("patrols", "generate", "--day", str(tomorrow))] * 2,
        ],
        YIMA_MODE="demo",
    )

    assert laid.code == 0 and "新增 / new 1" in laid.out
    assert refused.code != 0 and "not-here" in refused.out and "全部 1 行均未导入" in refused.err
    assert (tmp_path / "bad.csv.errors.csv").exists()
    assert '"made": 1' in made.out and '"made": 0' in again.out
