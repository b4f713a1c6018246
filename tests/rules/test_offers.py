"""What a process keeps of the dictionary for its pages: for a moment, per kinds of reporter and language."""

from datetime import UTC, datetime, timedelta

from backend.items.structs import ItemView
from backend.web.views.item_options import CACHED_FOR, ItemOptions
from backend.web.views.page import PageContext
from tests.rules.test_matters import item

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
RESIDENT = frozenset({"resident"})


class Dictionary:
    """Counts how often it is read."""

    def __init__(self, *items: ItemView) -> None:
        self.items, self.reads = list(items), 0

    async def read(self) -> list[ItemView]:
        self.reads += 1
        return self.items


def page(lang: str = "zh", now: datetime = NOW) -> PageContext:
    return PageContext(lang=lang, big=False, path="/q/x", now=now, hotline="12345")


async def test_the_dictionary_is_read_once_in_a_moment() -> None:
    dictionary = Dictionary(item("A101"))
    offers = ItemOptions(dictionary.read)

    for second in range(9):
        await offers.options(page(now=NOW + timedelta(seconds=second)), RESIDENT)

    assert dictionary.reads == 1


async def test_a_changed_dictionary_is_seen_when_the_moment_is_over() -> None:
    dictionary = Dictionary(item("A101"))
    offers = ItemOptions(dictionary.read)
    before = await offers.options(page(), RESIDENT)
    dictionary.items = [item("A101"), item("B203")]

    after = await offers.options(page(now=NOW + CACHED_FOR), RESIDENT)

    assert ("B203" in before, "B203" in after) == (False, True)


async def test_each_kind_of_reporter_is_offered_its_own() -> None:
    offers = ItemOptions(Dictionary(item("A101"), item("B103", "inspector")).read)
    await offers.options(page(), RESIDENT)

    staff = await offers.options(page(), RESIDENT | {"inspector"})

    assert "B103" in staff
    assert "B103" not in await offers.options(page(), RESIDENT)


async def test_what_one_reader_has_chosen_is_not_chosen_for_the_next() -> None:
    offers = ItemOptions(Dictionary(item("A101"), item("B203")).read)

    mine = await offers.options(page(), RESIDENT, "B203")

    assert " selected" in mine
    assert " selected" not in await offers.options(page(), RESIDENT)
