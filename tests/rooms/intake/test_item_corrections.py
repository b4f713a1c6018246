"""What a dispatcher decided is kept to learn from: sealed, once for a case, until its term is over."""

import json
from datetime import timedelta
from typing import NamedTuple

import msgspec
import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.intake.items import closed_orders, corrections, suggesting
from backend.intake.items.structs import Correction
from backend.items.errors import ItemUnknown
from backend.privacy.seals import PERSONAL, Seal
from tests.makers.commands import type_all
from tests.makers.orders import make_closed
from tests.makers.town import TOWN, make_actor, make_town

pytestmark = pytest.mark.usefixtures("database")


class Source(NamedTuple):
    accepted_error: float | None


SEAL = Seal({1: "a-secret-of-this-town-0123456789-abc"}, PERSONAL)
LIFT = Correction(
    source="12345", source_number="SH-1", text="楼道里堆满杂物,请打13800001234", suggested="A203", probability=0.41,
    item_code="B101",
)  # fmt: skip


async def test_a_correction_is_learnt_from_sealed_and_without_the_number_until_its_term_is_over():
    now, dispatcher = clock.now(), await make_actor("派单员", Role.DISPATCHER, TOWN)
    await corrections.correct(LIFT, dispatcher.account_id, SEAL, now)
    again = msgspec.structs.replace(LIFT, item_code="B102")
    await corrections.correct(again, dispatcher.account_id, SEAL, now)

    cases = [case async for case in corrections.list_cases(SEAL)]
    stored = await db.fetchval("SELECT words FROM item_correction")

    assert [(case.text, case.label) for case in cases] == [("楼道里堆满杂物,请打0", "B102")]
    assert "杂物".encode() not in stored
    assert await corrections.forget(now) == 0
    assert await corrections.forget(now + timedelta(seconds=1)) == 1
    assert [case async for case in corrections.list_cases(SEAL)] == []
    assert await db.fetchval("SELECT item_id FROM item_correction") == "B102"


async def test_an_operator_forgets_what_is_older_than_the_term_or_than_is_said(database):
    dispatcher = await make_actor("派单员", Role.DISPATCHER, TOWN)
    await corrections.correct(LIFT, dispatcher.account_id, SEAL, clock.now() - timedelta(days=2))

    by_term, by_hand, refused = type_all(
        database,
        [("items", "forget"), ("items", "forget", "--days", "1"), ("items", "suggest", "x", "--accepted-error", "0.9")],
        YIMA_MODE="demo",
    )

    assert (json.loads(by_term.out), json.loads(by_hand.out)) == ({"forgotten": 0}, {"forgotten": 1})
    assert refused.code != 0 and "0.5" in refused.err


async def test_an_item_that_is_not_in_the_dictionary_is_refused_and_nothing_kept():
    dispatcher = await make_actor("派单员", Role.DISPATCHER, TOWN)
    unknown = msgspec.structs.replace(LIFT, item_code="Z999")

    with pytest.raises(ItemUnknown):
        await corrections.correct(unknown, dispatcher.account_id, SEAL, clock.now())

    assert await db.fetchval("SELECT count(*) FROM item_correction") == 0


async def test_a_town_learns_from_its_closed_orders_and_from_no_other(now):
    town = await make_town(now)
    closed = await make_closed(town, now)
    said = "电动车停在消防通道上,13800001234"
    await db.execute("UPDATE work_order SET description = $2 WHERE id = $1", closed, said)

    own = [case async for case in closed_orders.list_cases(TOWN)]

    assert [case.text for case in own] == ["电动车停在消防通道上,0"]
    assert own[0].label == await db.fetchval("SELECT item_id FROM work_order WHERE id = $1", closed)
    assert [case async for case in closed_orders.list_cases("310999")] == []


async def test_a_source_accepts_its_own_error_else_the_towns_and_closed_items_are_not_suggested():
    text = "小区楼下的烧烤店每天半夜油烟熏人，河水也发黑发臭，排污没人管"
    await db.execute("UPDATE item SET is_open = false WHERE code = 'A301'")
    try:
        own, of_town = [
            await suggesting.suggest_for(Source(accepted), "", text, model=suggesting.SHIPPED, town_error=0.2)
            for accepted in (0.06, None)
        ]
    finally:
        await db.execute("UPDATE item SET is_open = true WHERE code = 'A301'")

    assert own.threshold is not None and of_town.threshold is not None
    assert own.threshold > of_town.threshold
    assert not any("A301" in each.items for each in own.suggestions)
