"""A town's own index: by its weights and by the classes of its own dictionary, in rows that nobody alters."""

from datetime import date, timedelta

import asyncpg
import msgspec
import pytest

from backend import db
from backend.accounts.structs import Role
from backend.evaluation import settings
from backend.evaluation.errors import EvaluationNotYours
from backend.evaluation.settings import DONE, FOUND, HELD, SHIPPED, EvaluationRules
from backend.evaluation.structs import Dimension
from backend.evaluation.town_index import read_indices
from backend.indicators.structs import Period
from tests.makers.accounts import make_staff
from tests.makers.indicators import contribute, sum_months

TOWN, ONE, DISTRICT = "310115105", "310115105001", "310115"
PERIOD = Period(date(2026, 10, 1), date(2026, 10, 31))
OWN = {Dimension.SECURE: ("Z9",), Dimension.ORDERLY: ("A1", "A2"), Dimension.CLEAN: ("A301",)}

pytestmark = pytest.mark.usefixtures("database")


def rules(done: int = 100, held: int = 0, found: int = 0, **said: object) -> EvaluationRules:
    weights = {DONE: done, HELD: held, FOUND: found}
    return EvaluationRules(**{"weights": weights, "classes": OWN, "reason": "本镇字典"} | said)  # type: ignore[arg-type]


async def test_a_town_with_its_own_codes_has_an_index_of_them_by_its_own_weights():
    await contribute(ONE, date(2026, 10, 5), item_code="Z901", due=40, done_in_time=30, reworks=10, passes=30)
    await contribute(ONE, date(2026, 10, 5), item_code="A301", due=19, done_in_time=19)
    await sum_months()

    shipped = {each.dimension: each for each in await read_indices([TOWN], PERIOD, SHIPPED)}
    own = {each.dimension: each for each in await read_indices([TOWN], PERIOD, rules())}
    mixed = {each.dimension: each for each in await read_indices([TOWN], PERIOD, rules(60, 40))}

    assert shipped[Dimension.SECURE].points is None, "it has none of the shipped classes"
    assert own[Dimension.SECURE].points == pytest.approx(75)
    assert mixed[Dimension.SECURE].points == pytest.approx(0.6 * 75 + 0.4 * 75)
    assert own[Dimension.CLEAN].points is None, "nineteen are too few"
    assert [part.weight for part in mixed[Dimension.SECURE].parts] == [60, 40, 0]


async def test_the_town_comes_before_its_district_and_what_ships_comes_last(now):
    admin = await make_staff(Role.DISTRICT_ADMIN, area=DISTRICT, name="区管理员")
    own = rules(classes=SHIPPED.classes)
    assert await settings.read_rules(ONE) is SHIPPED

    await settings.set_rules(DISTRICT, own, admin, now)
    assert (await settings.read_rules(ONE)).area_code == DISTRICT
    await settings.set_rules(TOWN, msgspec.structs.replace(own, appeal_days=7, reason="镇里先定"), admin, now)
    await settings.set_rules(TOWN, msgspec.structs.replace(own, appeal_days=9), admin, now + timedelta(days=1))

    standing, history = await settings.read_rules(ONE), await settings.list_history(TOWN)
    assert (standing.area_code, standing.appeal_days, standing.set_by) == (TOWN, 9, "区管理员")
    assert [(each.appeal_days, each.reason) for each in history] == [(9, "本镇字典"), (7, "镇里先定")]
    assert (await settings.read_rules("310115106001")).area_code == DISTRICT
    assert await settings.read_rules("310104003") is SHIPPED


async def test_only_the_administration_of_the_area_sets_it_and_no_row_is_altered(now):
    admin = await make_staff(Role.STREET_ADMIN, area=TOWN)
    own = rules(classes=SHIPPED.classes)
    for area, actor in (
        (DISTRICT, admin),
        ("310104003", admin),
        (ONE, admin),
        (TOWN, await make_staff(Role.DISPATCHER, area=TOWN)),
    ):
        with pytest.raises(EvaluationNotYours):
            await settings.set_rules(area, own, actor, now)
    await settings.set_rules(TOWN, own, admin, now)

    for change in (
        "UPDATE evaluation_setting SET done_weight = 90, held_weight = 10",
        "DELETE FROM evaluation_setting",
    ):
        with pytest.raises(asyncpg.RestrictViolationError):
            await db.execute(change)
