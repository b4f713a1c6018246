"""What a person decides on a record teaches the town's own model, and a place is chosen from the likeliest."""

import pytest

from backend import db
from backend.intake.items import corrections
from backend.intake.records import deciding, queries, receiving
from backend.intake.records.errors import RecordUnnamed
from backend.intake.records.structs import RecordDecision, RecordMending, RecordState
from backend.intake.sources.structs import SourceKind
from backend.intake.structs import Clues
from tests.makers.intake import demo_seal, make_source, told, wire
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("intake")
DOOR = Clues(address="浦东新区北蔡镇莲安东路１００号")


async def test_an_address_in_words_is_filed_at_its_door_and_one_that_fits_nowhere_waits_with_the_likeliest(now):
    town, source = await make_town(now), await make_source(now)
    here, nowhere = told("1", clues=DOOR), told("2", clues=Clues(address="安东路100号"))
    filed, waiting = [await receiving.receive(source, each, wire(each), now=now) for each in (here, nowhere)]

    assert (filed.state, waiting.state, waiting.reason) == (RecordState.FILED, RecordState.UNSURE, "address-unknown")
    known, unknown = [await queries.get_record(each.record_id, town.dispatcher) for each in (filed, waiting)]
    assert (known.place_id, known.certainty, known.nearest) == (town.place_id, "exact", [])
    assert [hit.place_id for hit in unknown.nearest] == [town.place_id]


async def test_a_text_is_never_dispatched_alone_by_a_class_of_several_items_and_what_is_decided_is_learnt(now):
    town, source = await make_town(now), await make_source(now, accepted_error=0.5)
    said = told("1", clues=DOOR, item_code="", title="", text="开发商延期交房，房产证办不下来，请打13812345678")
    waiting = await receiving.receive(source, said, wire(said), now=now)
    record = await queries.get_record(waiting.record_id, town.dispatcher)

    assert (waiting.state, waiting.reason) == (RecordState.UNSURE, "text")
    assert [each.label for each in record.suggested][:1] == ["城乡建设"]
    assert len(record.suggested) == 3 and all(each.words for each in record.suggested[:1])

    decided = await deciding.decide(waiting.record_id, RecordDecision(item_code="C302"), town.dispatcher, now)

    assert decided.state is RecordState.FILED
    [case] = [each async for each in corrections.list_cases(demo_seal())]
    assert (case.label, case.text) == ("C302", "开发商延期交房,房产证办不下来,请打0")


async def test_a_hotline_case_without_its_number_becomes_no_order_that_nobody_could_close(now):
    town, source = await make_town(now), await make_source(now, kind=SourceKind.HOTLINE)
    kept = await receiving.keep_unreadable(source, b"\xff{", "malformed", now=now)
    mending = RecordMending(title="单车乱停", text="堵住了路", item_code="A101", code=town.code)

    for act in (
        deciding.mend(kept.record_id, mending, town.dispatcher, now),
        deciding.decide(kept.record_id, RecordDecision(item_code="A101", place_id=town.place_id), town.dispatcher, now),
    ):
        with pytest.raises(RecordUnnamed):
            await act
    assert await db.fetchval("SELECT count(*) FROM work_order") == 0
    away = await deciding.turn_away(kept.record_id, "请带单号重发", town.dispatcher, now)
    assert away.state is RecordState.TURNED_AWAY
