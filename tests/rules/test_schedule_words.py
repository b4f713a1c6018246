"""A schedule in the reader's words, and in the fields of a form."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import FormMultiDict

from backend.calendars.rrules import WEEKDAYS, canonical
from backend.committees.duty_list.standard import standard_templates
from backend.routes.pages.committees.schedule_form import read_schedule
from backend.web.views.page import PageContext
from backend.web.views.schedules import ScheduleFields, fields_of, in_words

MONDAY = date(2026, 11, 2)


def page(lang: str) -> PageContext:
    return PageContext(lang=lang, big=False, path="/", now=datetime(2026, 11, 2, tzinfo=UTC), hotline="")


@pytest.mark.parametrize(
    ("rrule", "zh", "en"),
    [
        ("FREQ=DAILY", "每天", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "每 3 天", "every 3 days"),
        ("FREQ=DAILY;BYMONTH=6,7", "每天 限 6、7 月", "every day, in months 6, 7"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "每周一、四", "every week on Mon, Thu"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "每 2 周的周日", "every 2 weeks on Sun"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "每月 月末", "every month, the last day"),
        ("FREQ=MONTHLY;BYDAY=2TU", "每月 第 2 个周二", "every month, Tue no. 2"),
        ("FREQ=DAILY;UNTIL=20261130", "每天 至 2026-11-30", "every day, until 2026-11-30"),
        ("FREQ=YEARLY;COUNT=3", "每年 共 3 次", "every year, 3 times"),
    ],
)
def test_a_schedule_is_told_in_words(rrule, zh, en):
    assert (in_words(page("zh"), rrule), in_words(page("en"), rrule)) == (zh, en)


@pytest.mark.parametrize("number", ["", "--1", "-", "2²", "1e3", "١"])
def test_a_number_that_cannot_be_read_is_as_the_form_begins(number):
    form = FormMultiDict([("unit", "MONTHLY"), ("every", number), ("month_day", number)])

    assert read_schedule(form) == ScheduleFields(unit="MONTHLY", every=1, month_day=1)


FIELDS = st.one_of(
    st.builds(ScheduleFields, st.just("DAILY"), st.integers(1, 366)),
    st.builds(ScheduleFields, st.just("WEEKLY"), st.integers(1, 52), st.frozensets(st.sampled_from(WEEKDAYS))),
    st.builds(
        ScheduleFields,
        st.just("MONTHLY"),
        st.integers(1, 12),
        st.just(frozenset()),
        st.one_of(st.integers(1, 28), st.just(-1)),
    ),
)


@given(FIELDS)
def test_a_form_that_is_sent_comes_back_as_it_was(fields):
    assert fields_of(canonical(fields.rrule(), MONDAY)) == fields


def test_the_tasks_to_begin_with_are_tasks_that_a_dictionary_takes():
    drafts = standard_templates()

    assert len({draft.code for draft in drafts}) == len(drafts) > 5
    assert [canonical(draft.default_rrule, MONDAY) for draft in drafts] == [draft.default_rrule for draft in drafts]
