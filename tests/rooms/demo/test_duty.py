"""Who stands where on the demo street: the story's orders reach the people of the story."""

import pytest

from backend.accounts import queries as accounts
from backend.demo import duty, people, street
from backend.demo.duty import BEYOND_THE_SHOP, BICYCLES, STORY
from backend.demo.ground import cell_codes
from backend.duty.structs import Post, Strength
from backend.orders.assignment import responsibility
from backend.places.kinds import PlaceKind


@pytest.fixture
async def demo(database, now):
    await street.load_street()
    await people.load_people(now)
    await duty.load_duty(now)


async def asked(item, now, door=0):
    place = (await street.list_featured(PlaceKind.DOORPLATE, door + 1))[door]
    post = Post(item_code=item, area_code=place.area_code, grid_code=place.grid_code, point=place.loc)
    return await responsibility.explain(post, now)


async def test_bicycles_at_the_first_door_go_to_the_handler_of_the_card(demo, now):
    answer = await asked(BICYCLES, now)

    assert answer.handler is not None
    assert answer.handler.id == await accounts.find_account_id("handler")
    assert answer.strength is Strength.NAMED


async def test_what_is_traded_beyond_a_shop_is_watched_by_the_dispatcher(demo, now):
    answer = await asked(BEYOND_THE_SHOP, now, door=29)

    assert (answer.strength, answer.supervisor.id) == (
        Strength.WATCHED,
        await accounts.find_account_id("dispatcher"),
    )


async def test_other_matters_of_the_patrol_go_to_the_team_of_the_beat(demo, now):
    answer = await asked("A202", now)

    assert answer.strength is Strength.ROSTER
    assert [one.team for one in answer.ranking[: STORY.on_duty]] == [STORY.zh] * STORY.on_duty
    assert len(answer.ranking) > STORY.on_duty


async def test_loading_again_changes_nothing(demo, now):
    before = await asked("A202", now)

    await duty.load_duty(now)

    assert await asked("A202", now) == before


def test_every_cell_of_the_town_is_in_exactly_one_beat():
    beats = duty.beats()

    cells = [cell for team_cells in beats.values() for cell in team_cells]
    assert sorted(cells) == sorted(cell_codes().values())
    assert all(beats.values())
