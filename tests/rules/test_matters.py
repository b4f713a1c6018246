"""Which matters a door offers, and in which order."""

from backend.items.structs import Clock, ItemView
from backend.web.views import item_choices


def item(code: str, *reporters: str) -> ItemView:
    return ItemView(
        code=code, category_code=code[0], category_zh=code[0], category_en=code[0], item_code=code[:2], item_zh="",
        item_en="", name_zh=code, name_en=code, reporter_roles=list(reporters or ("resident",)), handler_unit_type="x",
        dispatch_mode="direct", clock=Clock.ALWAYS, respond_min=1, resolve_min=1, report_photos_min=1,
        before_photos_min=0, after_photos_min=1, checkin_required=True, checkin_radius_m=80, verify_mode="x",
        priority="P3",
    )  # fmt: skip


STREET = [item(code) for code in ("A101", "A102", "A201", "A203", "A301", "A501", "B101", "B203")]


def test_the_most_frequent_of_the_place_comes_first_and_there_are_six() -> None:
    offered = [choice.code for choice in item_choices.chips(STREET, ["B203", "A301"])]

    assert offered == ["B203", "A301", "A101", "A203", "A201", "A501"]


def test_what_is_put_first_takes_half_of_the_chips_at_most() -> None:
    items = [*STREET, *(item(f"C10{n}", "merchant") for n in range(1, 6))]

    offered = [choice.code for choice in item_choices.chips(items, ["A301"], ["C101", "C102", "C103", "C104"])]

    assert offered == ["C101", "C102", "C103", "A301", "A101", "A203"]


def test_what_this_reader_may_not_report_is_not_offered() -> None:
    items = [item("A101"), item("B103", "inspector"), item("C101", "merchant")]

    assert [each.code for each in item_choices.reportable_by(items, {"resident"})] == ["A101"]


def test_the_dictionary_is_grouped_by_category() -> None:
    grouped = item_choices.categories(STREET)

    assert [category.name_en for category in grouped] == ["A", "B"]
    assert [choice.code for choice in grouped[1].choices] == ["B101", "B203"]
