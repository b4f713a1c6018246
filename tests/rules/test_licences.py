"""Unified social credit codes: which text is one, in any spelling, and what is odd about a good one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shops.register import licences
from shops.register.licences import CHARS, SIGNS, LicenceFault
from shops.register.structs import LicenceWarning

PUDONG = "310115105001"
signs = st.sampled_from(SIGNS)
bodies = st.builds(
    lambda kind, division, rest: kind + division + rest,
    st.text(signs, min_size=2, max_size=2),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.text(signs, min_size=9, max_size=9),
)
codes = bodies.map(lambda body: body + licences.check_digit(body))


@pytest.mark.parametrize(
    "code",
    [
        "91440300708461136T",
        "914403001922038216",
        "91110000802100433B",
        "91330100799655058B",
        "91110108551385082Q",
    ],
)
def test_codes_of_well_known_companies_are_good(code):
    assert licences.fault_of(code) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("９１３１０１１５ＭＡ１Ｋ３５Ｊ１８Ｅ", "91310115MA1K35J18E"),
        ("91310115ma1k35j18e", "91310115MA1K35J18E"),
        (" 9131 0115-MA1K—35J1\u3000 8E\n", "91310115MA1K35J18E"),
        ("\ufeff91310115\u200bMA1K35J18E", "91310115MA1K35J18E"),
        ("n2310115mf0000001q", "N2310115MF0000001Q"),
    ],
)
def test_a_code_is_one_code_however_it_is_written(typed, meant):
    assert licences.plain(typed) == meant
    assert licences.fault_of(meant) is None


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("91310115MA1K35J18T", LicenceFault.CHECK_DIGIT),
        ("91310115MA1K35J188", LicenceFault.CHECK_DIGIT),
        ("91310115MA1K35J1", LicenceFault.LENGTH),
        ("", LicenceFault.LENGTH),
        ("310115000123456", LicenceFault.OLD_NUMBER),
        ("9.131011501E+17", LicenceFault.ROUNDED),
        ("9131O115MA1K35J18E", LicenceFault.SIGN),
        ("91310115MA1K35JI8E", LicenceFault.SIGN),
        ("9131A115MA1K35J18E", LicenceFault.DIVISION),
        ("٩1310115MA1K35J18E", LicenceFault.SIGN),
    ],
)
def test_a_text_that_is_no_code_is_refused_for_what_is_wrong_with_it(code, fault):
    assert licences.fault_of(code) is fault


def test_a_sign_that_no_code_has_is_named():
    assert licences.foreign_signs("9131O115MA1K35JI8O") == "OI"


@pytest.mark.parametrize(
    ("code", "area", "warning"),
    [
        ("91310115MA1K35J18E", PUDONG, LicenceWarning.NONE),
        ("91310000000000000X", PUDONG, LicenceWarning.NONE),
        ("91100000000000000X", PUDONG, LicenceWarning.NONE),
        ("91310104000000000X", PUDONG, LicenceWarning.REGISTERED_ELSEWHERE),
        ("91440000000000000X", PUDONG, LicenceWarning.REGISTERED_ELSEWHERE),
        ("91330100000000000X", "330106001001", LicenceWarning.NONE),
        ("91999999000000000X", PUDONG, LicenceWarning.DIVISION_UNKNOWN),
        ("91000000000000000X", PUDONG, LicenceWarning.DIVISION_UNKNOWN),
    ],
)
def test_an_odd_division_is_warned_of(code, area, warning):
    assert licences.warning_of(code, area) is warning


@given(codes)
def test_no_division_refuses_a_code(code):
    assert licences.fault_of(code) is None


@given(codes, st.integers(0, CHARS - 1), signs)
def test_a_changed_sign_is_always_found(code, at, other):
    changed = code[:at] + other + code[at + 1 :]

    assert (licences.fault_of(changed) is None) == (changed == code)


@given(codes, st.integers(0, CHARS - 2))
def test_two_signs_that_were_swapped_are_always_found(code, at):
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]

    assert (licences.fault_of(swapped) is None) == (swapped == code)


@given(st.text(max_size=40))
def test_any_text_at_all_is_read_without_a_crash(text):
    assert licences.fault_of(licences.plain(text)) in (*LicenceFault, None)
