"""Names, phones, ages and guardians of whoever applies to be a volunteer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grab_orders.people import rules
from grab_orders.people.errors import (
    ConsentMissing,
    GuardianMissing,
    MobileNumberWrong,
    PersonalNameWrong,
    TooYoung,
)
from tests.makers.volunteers import application, id_number

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("王小明", "王小明"),
        (" 王 小 明 ", "王小明"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("𬱖䶮", "𬱖䶮"),
        ("Mary  O'Neill-Smith", "Mary O'Neill-Smith"),
        ("José", "José"),
    ],
)
def test_a_name_is_kept_in_plain_form(typed, read):
    assert rules.read_name(typed) == read


@pytest.mark.parametrize("typed", ["", "王", "王1明", "<b>王明</b>", "王明\x00", "··"])
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(PersonalNameWrong):
        rules.read_name(typed)


@pytest.mark.parametrize("typed", ["13812345678", "+86 138-1234-5678", "0086 13812345678", "１３８１２３４５６７８"])
def test_a_mobile_number_is_read_however_it_is_written(typed):
    assert rules.read_mobile(typed) == "13812345678"


@pytest.mark.parametrize("typed", ["", "12812345678", "1381234567", "138123456789", "021-58951234", "13812345678转2"])
def test_what_is_no_mobile_number_is_refused(typed):
    with pytest.raises(MobileNumberWrong):
        rules.read_mobile(typed)


@pytest.mark.parametrize(
    ("born", "years"), [(date(2008, 11, 27), 18), (date(2008, 11, 28), 17), (date(2008, 2, 29), 18)]
)
def test_one_is_so_old_from_the_birthday_on(born, years):
    assert rules.age_on(born, TODAY) == years


@given(st.dates(date(1930, 1, 1), TODAY), st.dates(TODAY, date(2040, 1, 1)))
def test_nobody_under_age_is_taken_for_grown_up_by_the_year_alone(born, today):
    if rules.age_on(born, today) < rules.ADULT_YEARS:
        assert rules.may_be_minor(born.year, today)
    if rules.age_on(born, today) > rules.ADULT_YEARS + 1:
        assert not rules.may_be_minor(born.year, today)


def test_an_application_without_consent_is_refused():
    with pytest.raises(ConsentMissing):
        rules.read_applicant(application(agrees=False), TODAY)


def test_whoever_is_sixteen_needs_a_guardian_who_agrees():
    young = {"id_number": id_number(date(2010, 5, 17))}
    guardian = {"guardian_name": "王大明", "guardian_phone": "13912345678"}

    for lacking in ({}, guardian, {**guardian, "guardian_phone": "", "guardian_agrees": True}):
        with pytest.raises(GuardianMissing):
            rules.read_applicant(application(**young, **lacking), TODAY)
    person = rules.read_applicant(application(**young, **guardian, guardian_agrees=True), TODAY)

    assert (person.guardian_name, person.guardian_phone) == ("王大明", "13912345678")


def test_a_grown_up_has_no_guardian_even_where_one_is_named():
    person = rules.read_applicant(application(guardian_name="王大明", guardian_phone="13912345678"), TODAY)

    assert person.guardian_name == person.guardian_phone == ""


def test_whoever_is_younger_is_told_from_when_on():
    with pytest.raises(TooYoung) as refused:
        rules.read_applicant(application(id_number=id_number(date(2010, 11, 28))), TODAY)

    assert refused.value.extra == {"least": 16}
