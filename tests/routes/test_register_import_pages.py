"""Registers from files on pages: template, preview without anything stored, then all lines or those that are ticked."""

import re
from html import unescape

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from tests.makers.accounts import bearer
from tests.makers.elders import make_care
from tests.makers.places import write_csv
from tests.makers.register_lines import elder_line
from tests.makers.town import TOWN, make_actor, make_town

FORM = {"sec-fetch-site": "same-origin", "accept": "text/html"}


@pytest.fixture
async def scene(client):
    now = clock.now()
    return await make_town(now), await make_care(now)


def csv_of(folder, *lines):
    names = list(dict.fromkeys(name for line in lines for name in line.values))
    return write_csv(
        folder / "e.csv", tuple(names), *(tuple(each.values.get(name, "") for name in names) for each in lines)
    )


async def upload(client, path, who, at="/elders/import"):
    files = {"file": (path.name, path.read_bytes())}
    return await client.post(at, files=files, headers=FORM | bearer(who))


def hidden(page):
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}


async def test_a_file_is_shown_by_number_alone_and_stored_as_it_is_ticked(client, scene, tmp_path):
    town, care = scene
    lines = [elder_line(number, town.code, clock.now()) for number in (2, 3)]
    path = csv_of(tmp_path, *lines, elder_line(4, "没有的楼", clock.now()))

    shown = await upload(client, path, care.committee)
    stored_before = await db.fetchval("SELECT count(*) FROM lone_elder")
    form = hidden(shown.text) | {"mode": "selected", "line": "3"}
    stored = await client.post("/elders/import/rows", data=form, headers=FORM | bearer(care.committee))
    again = await upload(client, csv_of(tmp_path, *lines), care.committee)

    seen = re.sub(r'<input type="hidden"[^>]*>', "", shown.text)
    assert shown.status_code == 200 and "no-store" in shown.headers["cache-control"]
    assert "L-0002" in seen and "王阿婆" not in seen and "区域内没有叫这个名称或地址的点位" in seen
    assert stored_before == 0 and 'value="whole"' not in shown.text
    assert stored.headers["location"] == "/elders/import?done=stored&new=1&changed=0&unchanged=0"
    done = await client.get(stored.headers["location"], headers=FORM | bearer(care.committee))
    assert "已导入:新增 1" in done.text
    assert [row["label"] for row in await db.fetch("SELECT label FROM lone_elder")] == ["L-0003"]
    assert 'value="whole"' in again.text and "未变 1" in again.text


async def test_templates_come_down_and_nobody_else_finds_the_page(client, scene, tmp_path):
    town, care = scene
    street = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    sheet = await client.get("/elders/import/template/xlsx", headers=FORM | bearer(care.committee))
    text = await client.get("/lifts/import/template/csv", headers=FORM | bearer(street))
    strangers = [
        await client.get(path, headers=FORM | bearer(who))
        for path, who in (
            ("/elders/import", street),
            ("/elders/import", care.volunteer),
            ("/lifts/import", town.resident),
        )
    ]

    assert sheet.content.startswith(b"PK") and "elders.xlsx" in sheet.headers["content-disposition"]
    assert text.text.lstrip("\ufeff").startswith("码或地址,登记证编号")
    assert {each.status_code for each in strangers} == {403}
    assert (await client.get("/elders/import/template/exe", headers=FORM | bearer(street))).status_code == 404
    path = csv_of(tmp_path, elder_line(2, town.code, clock.now()))
    assert (await upload(client, path, street)).status_code == 403
    assert (await client.get("/lifts/import", headers=FORM | bearer(street))).status_code == 200


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ("", 400),
        ("[]", 400),
        ("null", 400),
        ('[{"number": 2, "values": {"label": "\\u0000"}}]', 200),
        ('[{"number": 99999999999999999999, "values": {}}]', 200),
        ('[{"number": 2, "values": {"label": 1}}]', 400),
        ('[{"number": -1, "values": {"x": "y"}, "is_broken": true}]', 200),
    ],
)
async def test_whatever_comes_in_place_of_the_preview_is_refused_in_words(client, scene, lines, status):
    _, care = scene
    mine = FORM | bearer(care.committee)

    answer = await client.post(
        "/elders/import/rows", data={"lines": lines, "mode": "whole", "area": "x\0"}, headers=mine
    )

    assert answer.status_code == status
    assert await db.fetchval("SELECT count(*) FROM lone_elder") == 0


async def test_a_file_that_is_none_is_told_on_the_page(client, scene, tmp_path):
    _, care = scene
    odd = tmp_path / "odd.bin"
    answers = []
    for content in (
        b"",
        b"\0\1\2",
        b"PK\x03\x04 broken",
        b"a,b\n1,2\n",
        b'{"type": "FeatureCollection", "features": []}',
    ):
        odd.write_bytes(content)
        answers.append(await upload(client, odd, care.committee))
    none = await client.post("/elders/import", data={"area": "1"}, headers=FORM | bearer(care.committee))

    assert {each.status_code for each in (*answers, none)} == {400}
    assert all("没有存入任何内容" in each.text for each in (*answers, none))
