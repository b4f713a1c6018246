"""The commands about duty as an operator types them."""

import json

from tests.journeys.test_time_commands import yima
from tests.makers.duty import CELL, name
from tests.makers.places import write_csv
from tests.makers.town import COMMITTEE, TOWN, make_town


async def test_an_explanation_names_the_rule_and_the_person(database, now):
    town = await make_town(now)
    await name(town.unit_id, town.handlers[1], item_code="A101", area_code=TOWN, supervisor=town.dispatcher)

    asked = yima(
        database, "duty", "explain", "A101", "--area", COMMITTEE, "--grid", CELL, "--at", "2021-07-18T09:00",
        "--point", "121.5537,31.1786",
    )  # fmt: skip

    answer = json.loads(asked.stdout)
    assert (answer["rule"]["unit_type"], answer["rule"]["area_code"]) == ("chengguan_patrol", TOWN)
    assert (answer["strength"], answer["handler"]["name"]) == ("watched", town.handlers[1].name)
    assert [one["name"] for one in answer["ranking"]] == [town.handlers[0].name]


async def test_nothing_to_explain_is_said_in_both_languages(database):
    unknown = yima(database, "duty", "explain", "Z999", "--area", TOWN)
    elsewhere = yima(database, "duty", "explain", "A101", "--area", TOWN, "--grid", "310104003001001")

    assert (unknown.returncode, "Z999" in unknown.stderr) == (2, True)
    assert (elsewhere.returncode, "网格不在该区划内 / The grid cell" in elsewhere.stderr) == (2, True)


async def test_files_are_loaded_and_bad_lines_are_named(database, tmp_path):
    columns = ("code", "name_zh", "name_en", "kind", "unit_type", "area_code")
    good = write_csv(tmp_path / "good.csv", columns, ("bikes", "单车企业", "", "contractor", "bike_operator", TOWN))
    bad = write_csv(tmp_path / "bad.csv", columns, ("bikes", "", "", "contractor", "bike_operator", TOWN))

    loaded, refused = (yima(database, "duty", "load", "--units", str(file)) for file in (good, bad))

    assert json.loads(loaded.stdout) == {"units": 1}
    assert refused.returncode == 2
    assert "bad.csv:2: 缺少 name_zh / name_zh is missing" in refused.stderr
