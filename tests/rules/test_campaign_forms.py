"""Forms of campaigns as data: what is sound, what an answer says, what is shown, what means trouble, what is sealed."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.structs import Actor, Grant, Role
from backend.campaigns import rules
from backend.campaigns.forms.answers import AnswerFaultKind, AnswersWrong, GivenAnswer
from backend.campaigns.forms.checking import FormFaultKind, faults_of
from backend.campaigns.forms.fields import CampaignField, CampaignFieldKind, FormContent
from backend.campaigns.forms.filling import FilledForm, fill, means_trouble, shown_fields
from backend.campaigns.templates import list_templates
from backend.words import WordsTooLong
from tests.makers.campaigns import CONTENT

ITEMS = {"B403", "B301"}
YES_NO = {"key": "a", "kind": "yes_no", "zh": "一"}
CHOICE = {"key": "b", "kind": "choice", "zh": "二", "options": [{"code": "x", "zh": "甲"}, {"code": "y", "zh": "乙"}]}
NUMBER = {"key": "n", "kind": "number", "zh": "数"}
SAID_YES = {"field": "a", "values": ["yes"]}


def form(*fields: dict, kinds: tuple[str, ...] = ()) -> FormContent:
    said = {"fields": list(fields), "kinds": [{"code": code, "zh": code} for code in kinds]}
    return msgspec.convert(said, FormContent)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ([], FormFaultKind.EMPTY),
        ([YES_NO, YES_NO], FormFaultKind.KEY_TWICE),
        ([{**CHOICE, "options": CHOICE["options"][:1]}], FormFaultKind.OPTIONS),
        ([{**CHOICE, "options": CHOICE["options"][:1] * 2}], FormFaultKind.OPTIONS),
        ([{**YES_NO, "options": CHOICE["options"]}], FormFaultKind.OPTIONS),
        ([{**NUMBER, "least": 5, "most": 1}], FormFaultKind.RANGE),
        ([{**YES_NO, "unit": "cm"}], FormFaultKind.RANGE),
        ([{**YES_NO, "for_kinds": ["site"]}], FormFaultKind.TARGET_KIND),
        ([{**YES_NO, "shown_if": {"field": "b", "values": ["x"]}}, CHOICE], FormFaultKind.CONDITION),
        ([CHOICE, {**YES_NO, "shown_if": {"field": "b", "values": ["z"]}}], FormFaultKind.CONDITION),
        ([CHOICE, {**YES_NO, "shown_if": {"field": "b", "values": []}}], FormFaultKind.CONDITION),
        ([NUMBER, {**YES_NO, "shown_if": {"field": "n", "values": ["1"]}}], FormFaultKind.CONDITION),
        ([{**YES_NO, "trouble": {"item": "B403", "values": ["x"]}}], FormFaultKind.TROUBLE),
        ([{**NUMBER, "trouble": {"item": "B403"}}], FormFaultKind.TROUBLE),
        ([{**YES_NO, "is_personal": True, "trouble": {"item": "B403", "values": ["no"]}}], FormFaultKind.TROUBLE),
        ([{**YES_NO, "trouble": {"item": "Z999", "values": ["no"]}}], FormFaultKind.ITEM),
        ([{**NUMBER, "again": ["yes"]}], FormFaultKind.AGAIN),
        ([{**YES_NO, "again": ["x"]}], FormFaultKind.AGAIN),
        ([{**YES_NO, "is_personal": True, "again": ["no"]}], FormFaultKind.AGAIN),
        ([{**YES_NO, "is_personal": True}, {**NUMBER, "shown_if": SAID_YES}], FormFaultKind.CONDITION),
        ([{"key": "p", "kind": "phone", "zh": "电话"}], FormFaultKind.PERSONAL),
        ([{"key": "p", "kind": "photo", "zh": "照片", "is_personal": True}], FormFaultKind.PERSONAL),
    ],
)
def test_what_is_not_sound_says_why(fields, why):
    assert [fault.why for fault in faults_of(form(*fields), ITEMS)] == [why]


def test_what_is_sealed_itself_may_depend_on_a_sealed_answer():
    content = form({**YES_NO, "is_personal": True}, {**NUMBER, "is_personal": True, "shown_if": SAID_YES})

    assert faults_of(content, ITEMS) == []


def test_every_template_that_ships_is_sound_and_the_typhoon_page_has_the_five_kinds_of_the_article():
    templates = {template.code: template for template in list_templates()}

    assert {code: faults_of(each.content) for code, each in templates.items()} == {code: [] for code in templates}
    assert [kind.zh for kind in templates["typhoon"].content.kinds] == [
        *("居住小区", "建筑工地", "高空构筑物", "动迁基地", "物资堆放点"),
    ]
    assert all(any(each.trouble for each in template.content.fields) for template in templates.values())
    assert all(each.is_personal for each in templates["visits"].content.fields[2:])


def test_what_a_form_that_was_filled_in_says():
    filled = fill(
        CONTENT, "estate", said(met="met", drains="no", water="１２.5", fever="yes", phone="+86 138 1234 5678")
    )

    assert filled.values == {"met": "met", "drains": "no", "water": 12.5}
    assert filled.personal == {"fever": "yes", "phone": "13812345678"}
    assert [(each.field.key, each.value) for each in filled.troubles] == [("drains", "no")]
    assert not filled.is_again


def test_no_photo_is_taken_beside_a_sealed_answer_because_it_cannot_be_sealed():
    sealed, shown = uuid4(), uuid4()
    answers = [GivenAnswer(field="phone", value="13812345678", photo_ids=[sealed])]
    answers.append(GivenAnswer(field="photo", photo_ids=[shown]))

    assert fill(CONTENT, "", [*said(met="met", drains="yes"), *answers]).photo_ids == [shown]


def test_an_answer_to_what_is_not_shown_is_dropped():
    assert fill(CONTENT, "", said(met="met", drains="yes", water="12")).values == {"met": "met", "drains": "yes"}


def test_whoever_has_to_go_again_need_not_answer_the_rest():
    filled = fill(CONTENT, "", said(met="nobody"))

    assert (filled.is_again, filled.values, filled.troubles) == (True, {"met": "nobody"}, [])


@pytest.mark.parametrize(
    ("answers", "field", "why"),
    [
        ({"met": "met"}, "drains", AnswerFaultKind.MISSING),
        ({"met": "other", "drains": "yes"}, "met", AnswerFaultKind.NOT_AN_OPTION),
        ({"met": "met", "drains": "no", "water": "viel"}, "water", AnswerFaultKind.UNREADABLE),
        ({"met": "met", "drains": "no", "water": "nan"}, "water", AnswerFaultKind.UNREADABLE),
        ({"met": "met", "drains": "no", "water": "1e400"}, "water", AnswerFaultKind.UNREADABLE),
        ({"met": "met", "drains": "no", "water": "-1"}, "water", AnswerFaultKind.OUT_OF_RANGE),
        ({"met": "met", "drains": "yes", "phone": "12"}, "phone", AnswerFaultKind.UNREADABLE),
        ({"met": "met", "drains": "yes", "nothing": "1"}, "nothing", AnswerFaultKind.UNKNOWN),
    ],
)
def test_an_answer_that_cannot_be_says_why(answers, field, why):
    with pytest.raises(AnswersWrong) as refused:
        fill(CONTENT, "", said(**answers))

    assert refused.value.extra["faults"] == [{"field": field, "why": why.value}]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("date", "2026-11-28", "2026-11-28"),
        ("date", "0001-01-01", None),
        ("date", "28.11.2026", None),
        ("position", "121.5,31.2", [121.5, 31.2]),
        ("position", "31.2,121.5", None),
        ("position", "121.5", None),
        ("text", "  好  ", "好"),
        ("text", "很" * 1001, None),
    ],
)
def test_what_is_typed_for_a_kind_of_field(kind, typed, value):
    fields = form({"key": "a", "kind": kind, "zh": "一"})
    try:
        assert fill(fields, "", [msgspec.convert({"field": "a", "value": typed}, GivenAnswer)]).values == {"a": value}
    except (AnswersWrong, WordsTooLong):
        assert value is None


def test_a_number_out_of_range_means_trouble():
    field = form({**NUMBER, "trouble": {"item": "B403", "below": 1, "above": 15}}).fields[0]

    assert [means_trouble(field, value) for value in (0.5, 1.0, 15.0, 15.5)] == [True, False, False, True]


def test_a_field_is_asked_of_its_kinds_of_targets_alone():
    fields = form({**YES_NO, "for_kinds": ["site"]}, CHOICE, kinds=("site", "estate"))

    assert [each.key for each in shown_fields(fields, "estate", {})] == ["b"]
    assert [each.key for each in shown_fields(fields, "site", {})] == ["a", "b"]


_codes = st.sampled_from(["yes", "no", "x", "y", "", "1", "0.5", "2026-01-01", "121,31", "13812345678", "\x00"])
_keys = [f"f{number}" for number in range(6)]


@st.composite
def forms(draw: st.DrawFn) -> FormContent:
    """Sound forms of up to six fields, each of which may depend on an earlier one."""
    fields: list[dict] = []
    for key in _keys[: draw(st.integers(1, 6))]:
        kind = draw(st.sampled_from([each.value for each in CampaignFieldKind]))
        field: dict = {"key": key, "kind": kind, "zh": key, "is_required": draw(st.booleans())}
        field["is_personal"] = kind == "phone" or (kind != "photo" and draw(st.booleans()))
        if kind in ("choice", "several"):
            field["options"] = CHOICE["options"]
        of_few = [each for each in fields if each["kind"] in ("yes_no", "choice", "several")]
        earlier = [each for each in of_few if field["is_personal"] or not each["is_personal"]]
        if earlier and draw(st.booleans()):
            other = draw(st.sampled_from(earlier))
            values = ["yes"] if other["kind"] == "yes_no" else ["x"]
            field["shown_if"] = {"field": other["key"], "values": values}
        if kind == "yes_no" and not field["is_personal"] and draw(st.booleans()):
            field["trouble"] = {"item": "B403", "values": ["no"]}
        fields.append(field)
    return form(*fields)


@given(forms(), st.dictionaries(st.sampled_from(_keys), _codes, max_size=6))
def test_whatever_is_answered_is_refused_with_a_reason_or_stored_where_it_may_be_read(content, answers):
    assert faults_of(content, ITEMS) == []
    try:
        filled: FilledForm = fill(content, "", said(**answers))
    except AnswersWrong as refused:
        assert {fault["field"] for fault in refused.extra["faults"]} <= {*_keys}
        return

    values = filled.values | filled.personal
    shown = {field.key: field for field in shown_fields(content, "", values)}
    assert values.keys() <= shown.keys() & answers.keys()
    assert all(shown[key].is_personal for key in filled.personal)
    assert not any(shown[key].is_personal for key in filled.values)
    assert all(field.key in values for field in shown.values() if field.is_required)
    assert all(each.field.trouble and not each.field.is_personal for each in filled.troubles)


@given(st.integers(1, 400), st.integers(1, 200), st.integers(0, 4000))
def test_a_round_has_begun_and_is_over_before_the_next_one(every, within, passed):
    starts_at, hour = datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=1)
    ends_at, now, within = starts_at + 2000 * hour, starts_at + passed * hour, min(within, every)
    times = rules.round_at(starts_at, ends_at, every, within, now)

    if passed >= 2000:
        assert times is None
        return
    assert times is not None
    assert times.starts_at <= now < times.starts_at + every * hour
    assert times.starts_at < times.due_at <= min(times.starts_at + every * hour, ends_at)
    assert times.starts_at <= times.warn_at < times.due_at


def test_before_its_start_a_campaign_has_no_round():
    at = datetime(2026, 1, 1, tzinfo=UTC)

    assert rules.round_at(at, at + timedelta(days=1), None, 5, at - timedelta(seconds=1)) is None


def test_those_who_may_be_sent_include_no_resident():
    assert Role.RESIDENT not in rules.GOING and Role.SHOP_OWNER not in rules.GOING


@pytest.mark.parametrize(
    ("role", "area", "is_own", "opens"),
    [
        (Role.COMMITTEE, "310104001001", False, True),
        (Role.COMMITTEE, "310104001002", False, False),
        (Role.VOLUNTEER, "310104001001", False, False),
        (Role.VOLUNTEER, "310104001002", True, True),
        (Role.VOLUNTEER, "310104002001", True, False),
        (None, "", True, False),
    ],
)
def test_what_is_sealed_is_opened_by_named_roles_and_by_who_said_it_and_still_works_in_the_town(
    role, area, is_own, opens
):
    reader = Actor(account_id=7, name="", grants=(Grant(role, area),) if role else ())
    named = [Role.COMMITTEE, Role.VOLUNTEER]

    assert rules.may_open_sealed(reader, named, "310104001001", 7 if is_own else 8) is opens


def said(**answers: str) -> list[GivenAnswer]:
    return [GivenAnswer(field=field, value=value) for field, value in answers.items()]


def test_a_field_of_a_few_answers_names_them():
    assert CampaignField(key="a", kind=CampaignFieldKind.YES_NO, zh="一").codes == ["yes", "no"]
