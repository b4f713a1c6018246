"""How the words of a place are compared: one function of the database for what is kept and for what is asked."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from backend import db
from backend.orders.desk import DeskFilter, view_desk
from backend.places import queries, sql
from qr import overview
from tests.makers.desk import make_dispatcher
from tests.makers.orders import make_order
from tests.makers.places import HOME, TOWN, make_ground, make_place
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")


async def fold(text: str) -> str:
    return await db.fetchval("SELECT place_fold($1)", text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("莲安东路１２弄３号", "莲安东路12弄3号"),
        ("莲园路 8 号", "莲园路8号"),
        ("莲园路　８　号", "莲园路8号"),
        ("LANE １２", "lane12"),
        ("莲安东路十二弄三号", "莲安东路12弄3号"),
        ("二百五十号", "250号"),
        ("一百零八弄十号二〇三室", "108弄10号203室"),
        ("一千零一十六号", "1016号"),
        ("三林路三支弄", "三林路3支弄"),
        ("二十一号一号", "21号1号"),
        ("福州路10－12號", "福州路10-12号"),
        ("10—12号", "10-12号"),
        ("莲溪第一居委会", "莲溪第一居委会"),
        ("五一路", "五一路"),
        ("一百二号", "一百二号"),
        ("百百号", "百百号"),
        ("莲\u200b安\ufeff路", "莲安路"),
        ("", ""),
    ],
)
async def test_what_is_written_differently_and_means_the_same_is_the_same(written, folded):
    assert await fold(written) == folded


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12))
async def test_folding_does_not_depend_on_width_and_is_done_once(text):
    folded = await fold(text)

    assert await fold(unicodedata.normalize("NFKC", text)) == folded
    assert " " not in folded


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("莲安东路１２弄３号", "12弄"),
        ("莲安东路１２弄３号", "１２弄"),
        ("莲安东路12弄3号", "十二弄三号"),
        ("莲园路 8 号", "莲园路8号"),
        ("莲园路8号", "莲园路 8号"),
        ("莲园路8号", "园路"),
        ("莲园路8号", "莲"),
        ("Ｌａｎｅ 12", "lane12"),
    ],
)
async def test_a_place_is_found_however_it_and_the_question_are_written(written, sought):
    await make_ground()
    place_id = await make_place(address=written)
    await make_place(address="别处1号", key="2")

    assert await queries.list_ids_called(sought, [TOWN], limit=10) == [place_id]
    assert [found.place_id for found in await overview.find_doors([TOWN], sought, 10)] == [place_id]


@pytest.mark.parametrize("sought", ["\u200b", "号 ", "8号1"])
async def test_words_of_nothing_and_words_of_no_place_find_none_and_the_others_some(sought):
    await make_ground()
    place_id = await make_place(address="莲园路8号")

    found = await queries.list_ids_called(sought, [TOWN], limit=10)

    assert found == ([place_id] if sought == "号 " else [])


async def test_the_desk_finds_an_order_by_its_place_however_it_is_written():
    now = datetime.now(UTC)
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    await db.execute(
        "UPDATE place SET address = '莲安东路１２弄 ３号' WHERE id = (SELECT place_id FROM work_order WHERE id = $1)",
        order_id,
    )

    view = await view_desk(await make_dispatcher(TOWN), DeskFilter(text="十二弄3号"), now)

    assert [order.id for order in view.page.items] == [order_id]


async def test_one_character_is_found_by_the_index_and_two_are():
    await make_ground()
    await db.execute(
        """INSERT INTO place (kind, address, area_id, loc, raw_lng, raw_lat, dataset, source_key)
        SELECT 'doorplate', chr(20000 + nr % 4000) || chr(24000 + nr % 3000) || '路' || nr || '号', $1,
            ST_MakePoint($2, $3)::geography, $2, $3, 'many', nr::text FROM generate_series(1, 6000) nr""",
        *(TOWN, HOME.lng, HOME.lat),
    )
    await db.execute("ANALYZE place")

    for words in ("乀", "乀巀", "乀巀路"):
        plan = await db.fetch(f"EXPLAIN SELECT id FROM place WHERE {sql.called('$1')} LIMIT 10", words)

        assert any("place_words_grams" in row[0] for row in plan)


async def test_of_places_equally_near_the_first_is_the_nearest():
    await make_ground()
    ids = [await make_place(address=f"{nr}号", key=str(nr)) for nr in range(1, 8)]
    await db.execute("UPDATE place SET updated_at = now() WHERE id = $1", ids[0])

    nearest = (await queries.look_around(HOME, within_m=50)).nearest

    assert nearest is not None
    assert nearest.id == ids[0]
    assert [place.id for place in (await queries.list_near(HOME, 50)).items] == ids
