"""Plates in millimetres."""

import pytest

from qr.printing.layout import A4_MM, CUT_MARK_MM, LOGO_RIM, LOGO_SIDE, PLATES_MM, Plate, sheet, single

PLATES = [Plate(symbol_mm, modules) for symbol_mm in PLATES_MM for modules in (29, 33)]


@pytest.mark.parametrize("plate", PLATES)
def test_an_a4_page_holds_whole_plates_and_their_cut_marks(plate: Plate) -> None:
    grid = sheet(plate)
    left, top = grid.corner(0)
    last_left, last_top = grid.corner(grid.per_page - 1)

    assert grid.per_page == {40: 20, 75: 4, 120: 1}[int(plate.symbol_mm)]
    assert min(left, top) >= CUT_MARK_MM
    assert last_left + plate.width_mm <= A4_MM[0] - CUT_MARK_MM
    assert last_top + plate.height_mm <= A4_MM[1] - CUT_MARK_MM


@pytest.mark.parametrize("plate", PLATES)
def test_the_quiet_zone_is_four_modules_and_no_module_is_finer_than_a_millimetre_or_so(plate: Plate) -> None:
    assert plate.width_mm == pytest.approx(plate.symbol_mm + 8 * plate.module_mm)
    assert plate.module_mm > 1.2


def test_a_single_plate_is_a_page_with_room_to_cut() -> None:
    grid = single(PLATES[0])

    assert grid.per_page == 1
    assert grid.corner(0) == pytest.approx((5, 5))


def test_a_logo_with_its_rim_covers_a_tenth_of_the_symbol_at_most() -> None:
    assert (LOGO_SIDE + 2 * LOGO_RIM) ** 2 <= 0.1
