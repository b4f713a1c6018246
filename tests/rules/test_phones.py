"""Telephone numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.privacy import phones
from backend.privacy.phones import NoPhone

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("13812345678", "13812345678"),
        (" 138 1234 5678 ", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("0086-13812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("1381234 5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("021-5555 1234", "02155551234"),
        ("(021)55551234", "02155551234"),
        ("+86 21 5555 1234", "02155551234"),
        ("+86 10 5555 1234", "01055551234"),
        ("0571—8888 1234", "057188881234"),
        ("0898-6666123", "08986666123"),
    ],
)
def test_a_mobile_or_a_line_is_read_as_the_digits_to_dial(typed: str, read: str) -> None:
    assert phones.read_phone(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        *("", "110", "12345", "12812345678", "1381234567", "138123456789", "5555 1234", "021-555 1234", "021-15551234"),
        *("+1 212 555 1234", "400-820-8820", "138x2345678", "١٣٨١٢٣٤٥٦٧٨", "021-55551234-801", "0138 1234 5678"),
    ],
)
def test_what_nobody_can_be_called_by_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(NoPhone) as refused:
        phones.read_phone(typed)

    assert str(refused.value) == ""


@given(MOBILES, st.sampled_from(["", "+86", "0086", "86", "+86 "]), st.sampled_from(["", " ", "-", "\u3000"]))
def test_blanks_width_and_country_make_no_other_number(number: str, country: str, between: str) -> None:
    typed = country + between.join([number[:3], number[3:7], number[7:]])
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isdecimal() else sign for sign in typed)

    assert phones.read_phone(typed) == phones.read_phone(wide) == number


@given(MOBILES)
def test_a_masked_number_calls_nobody(number: str) -> None:
    masked = phones.mask_phone(number)

    assert masked == f"{number[:3]}****{number[-4:]}"
    with pytest.raises(NoPhone):
        phones.read_phone(masked)
