"""The dictionary as people see it: the street's three categories, thirteen items and thirty-six sub-items."""

import pytest

from backend.items import queries

pytestmark = pytest.mark.usefixtures("database")


async def test_people_choose_from_three_categories_thirteen_items_and_thirty_six_sub_items():
    items = await queries.list_items()

    assert len({item.category_code for item in items}) == 3
    assert len({item.item_code for item in items}) == 13
    assert len(items) == 36


async def test_what_only_the_house_opens_is_not_offered():
    assert all(item.reporter_roles != ["system"] for item in await queries.list_items())
