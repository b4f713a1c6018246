"""Identity numbers by GB 11643: what is typed in any form is read, one wrong sign is found, and no county is judged."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grab_orders.people.errors import IdNumberWrong
from grab_orders.people.identity_numbers import check_sign, read_id_number
from grab_orders.people.structs import IdDoubt

TODAY = date(2026, 11, 27)
REGIONS = st.integers(110000, 829999).map(str)
NUMBERS = st.builds(
    lambda region, born, serial: (digits := f"{region}{born:%Y%m%d}{serial:03d}") + check_sign(digits),
    REGIONS,
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def test_the_standards_own_example_is_read():
    found = read_id_number("11010519491231002X", TODAY)

    assert (found.number, found.birth_on, found.doubt) == ("11010519491231002X", date(1949, 12, 31), IdDoubt.NONE)


@given(NUMBERS, st.sampled_from([" ", "-", "\u3000", "\u200b", ""]), st.booleans())
def test_blanks_hyphens_and_wide_signs_change_nothing(number, between, is_wide):
    typed = f"{number[:6]}{between}{number[6:14]}{between}{number[14:].lower()}"

    assert read_id_number(typed.translate(WIDE) if is_wide else typed, TODAY).number == number


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_found(number, at, more):
    wrong = f"{number[:at]}{(int(number[at]) + more) % 10}{number[at + 1 :]}"

    with pytest.raises(IdNumberWrong):
        read_id_number(wrong, TODAY)


@given(NUMBERS, st.integers(0, 15))
def test_two_neighbours_that_changed_places_are_found(number, at):
    swapped = f"{number[:at]}{number[at + 1]}{number[at]}{number[at + 2 :]}"

    if swapped != number:
        with pytest.raises(IdNumberWrong):
            read_id_number(swapped, TODAY)


def test_a_county_that_was_founded_after_a_birth_is_no_doubt():
    """Pudong is 310115 since 1992; whoever was born there before may well have such a number."""
    digits = "31011519900517000"

    assert read_id_number(digits + check_sign(digits), TODAY).doubt is IdDoubt.NONE


@pytest.mark.parametrize("region", ["990101", "160101", "840101"])
def test_a_region_of_no_province_is_a_doubt_and_no_refusal(region):
    digits = f"{region}19900517000"
    doubt = IdDoubt.NONE if region.startswith("9") else IdDoubt.REGION

    assert read_id_number(digits + check_sign(digits), TODAY).doubt is doubt


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "id-number-form"),
        ("310115900517123", "id-number-form"),
        ("31011519900517000A", "id-number-form"),
        ("010115199005170012", "id-number-form"),
        ("11010519491231002x1", "id-number-form"),
        ("110105194912310021", "id-number-check"),
    ],
)
def test_what_is_no_number_says_what_is_wrong_and_repeats_nothing(typed, why):
    with pytest.raises(IdNumberWrong) as refused:
        read_id_number(typed, TODAY)

    assert refused.value.key == why
    assert not refused.value.extra


@pytest.mark.parametrize("born", ["18991231", "20260230", "20261128", "19901317"])
def test_a_birth_that_was_not_or_is_not_yet_is_refused(born):
    digits = f"310115{born}000"

    with pytest.raises(IdNumberWrong) as refused:
        read_id_number(digits + check_sign(digits), TODAY)

    assert refused.value.key == "id-number-birth"


@given(st.dates(TODAY - timedelta(days=30), TODAY))
def test_a_birth_of_these_days_is_a_birth(born):
    digits = f"310115{born:%Y%m%d}000"

    assert read_id_number(digits + check_sign(digits), TODAY).birth_on == born
