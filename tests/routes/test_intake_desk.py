"""来件台: what nobody was sure of is decided on a page, one after the other; the sources show how they are doing."""

import re
from datetime import datetime

import httpx
import pytest

from backend import db
from backend.accounts.structs import Role
from backend.intake.records import receiving
from backend.intake.structs import Clues, ReporterContact
from tests.makers.accounts import bearer, make_staff
from tests.makers.intake import make_source, told, wire
from tests.makers.town import SmallTown, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


async def test_a_record_without_a_place_is_given_one_on_its_page_and_the_next_one_follows(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    source, desk = await make_source(now), HTML | bearer(town.dispatcher)
    ids = [
        (await receiving.receive(source, each, wire(each), now=now)).record_id
        for each in (told(f"A-{nr}", clues=Clues(address="不存在路 9999 号"), item_code="") for nr in (1, 2, 3))
    ]
    listed = await client.get("/desk/intake", headers=desk)
    begun = await client.get("/desk/intake/next", headers=desk)
    assert begun.headers["location"] == f"/desk/intake/{ids[0]}"
    later = await client.get(f"/desk/intake/next?later={ids[0]}", headers=desk)
    assert later.headers["location"] == f"/desk/intake/{ids[1]}?later={ids[0]}"
    shown = await client.get(f"/desk/intake/{ids[0]}", headers=desk)
    assert "共享单车堵住了路" in shown.text
    assert "待处理 3 件" in listed.text + shown.text

    label = await db.fetchval("SELECT address FROM place WHERE id = $1", town.place_id)
    looked = await client.post(f"/desk/intake/{ids[0]}/place", data={"place_words": label}, headers=desk)
    assert f'value="door:{town.place_id}"' in looked.text
    form = {"item": "A101", "where": f"door:{town.place_id}"}
    decided = await client.post(f"/desk/intake/{ids[0]}", data=form, headers=desk)
    assert decided.headers["location"] == f"/desk/intake/next?done={ids[0]}"
    onward = await client.get(f"/desk/intake/{ids[1]}?done={ids[0]}", headers=desk)
    number = await db.fetchval("SELECT number FROM work_order WHERE place_id = $1", town.place_id)
    assert number in onward.text
    again = await client.post(f"/desk/intake/{ids[0]}", data=form, headers=desk)
    assert (again.status_code, "已有人处理" in again.text) == (409, True)


async def test_what_is_missing_is_said_and_what_was_chosen_stays(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    source, desk = await make_source(now), HTML | bearer(town.dispatcher)
    incoming = told("B-1", clues=Clues(), item_code="")
    record_id = (await receiving.receive(source, incoming, wire(incoming), now=now)).record_id
    path = f"/desk/intake/{record_id}"
    no_item = await client.post(path, data={"where": f"door:{town.place_id}"}, headers=desk)
    no_place = await client.post(path, data={"item": "A203"}, headers=desk)
    no_reason = await client.post(f"{path}/turn-away", data={"reason": ""}, headers=desk)
    too_long = await client.post(f"{path}/mend", data={"title": "长" * 3000}, headers=desk)

    assert [each.status_code for each in (no_item, no_place, no_reason, too_long)] == [400, 422, 400, 400]
    assert re.search(rf'value="door:{town.place_id}"[^>]* checked', no_item.text)
    assert re.search(r'value="A203"[^>]* (checked|selected)', no_place.text)
    assert await db.fetchval("SELECT count(*) FROM work_order") == 0


async def test_an_unreadable_message_is_opened_mended_or_turned_away_and_each_opening_is_written_down(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    source, desk = await make_source(now), HTML | bearer(town.dispatcher)
    broken = await receiving.keep_unreadable(source, b'{"what": <b>', "malformed", source_no="C-1", now=now)
    with_contact = told("C-2", clues=Clues(), contact=ReporterContact(name="王阿姨", phone="13812345678"))
    unsure = await receiving.receive(source, with_contact, wire(with_contact), now=now)
    path = f"/desk/intake/{broken.record_id}"

    before = await client.get(path, headers=desk)
    opened = await client.post(f"{path}/open", data={"part": "message"}, headers=desk)
    called = await client.post(f"/desk/intake/{unsure.record_id}/open", data={"part": "contact"}, headers=desk)
    assert "&lt;b&gt;" in opened.text
    assert "&lt;b&gt;" not in before.text
    assert "tel:13812345678" in called.text
    assert "13812345678" not in (await client.get(f"/desk/intake/{unsure.record_id}", headers=desk)).text
    assert await db.fetchval("SELECT count(*) FROM record_reading") == 2

    label = await db.fetchval("SELECT address FROM place WHERE id = $1", town.place_id)
    mended = {"title": "单车乱停", "text": "堵住了路", "address": label, "class_code": ""}
    tried = await client.post(f"{path}/mend", data=mended, headers=desk)
    assert tried.headers["location"] == path, "place and words are known now, and a person says what it is"
    assert await db.fetchval("SELECT state FROM intake_record WHERE id = $1", broken.record_id) == "unsure"
    away = await client.post(f"{path}/turn-away", data={"reason": "不归我们管"}, headers=desk)
    assert away.status_code == 303
    assert await db.fetchval("SELECT note FROM intake_record WHERE id = $1", broken.record_id) == "不归我们管"


async def test_only_who_dispatches_in_the_area_sees_records_and_sources(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    source, elsewhere = await make_source(now), await make_staff(Role.DISPATCHER, area="310115106")
    incoming = told("D-1", clues=Clues())
    record_id = (await receiving.receive(source, incoming, wire(incoming), now=now)).record_id
    refused = await client.get("/desk/intake", headers=HTML | bearer(town.handlers[0]))
    foreign = [
        await client.get(f"/desk/intake/{record_id}", headers=HTML | bearer(elsewhere)),
        await client.post(f"/desk/intake/{record_id}/open", data={"part": "message"}, headers=HTML | bearer(elsewhere)),
    ]
    empty = await client.get("/desk/sources", headers=HTML | bearer(elsewhere))
    own = await client.get("/desk/sources", headers=HTML | bearer(town.dispatcher))

    assert refused.status_code == 403
    assert [each.status_code for each in foreign] == [404, 404]
    assert "城运平台" not in empty.text
    assert "城运平台" in own.text
    assert f"/desk/intake?source={source.name}" in own.text
