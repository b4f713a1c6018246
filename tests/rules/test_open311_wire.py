"""GeoReport v2 over the wire: the same rows in XML and in JSON, dates, forms, words for states, answers of others."""

import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import NotFound
from backend.intake.open311.wire import formats, reading, statuses, times, writing
from backend.intake.open311.wire.formats import WireFormat
from backend.intake.open311.wire.forms import FieldMissing, FieldTooLong, PostedForm
from backend.intake.open311.wire.reading import AnswerUnreadable
from backend.intake.open311.wire.statuses import StatusUnknown, UpdateStatus
from backend.intake.open311.wire.times import DateUnreadable
from backend.orders.model.states import State, Transition

ROWS = [{"service_code": "A101", "service_name": "乱停放 & <车>", "metadata": True, "keywords": "", "lat": 31.5}]


def test_json_drops_the_root_and_says_null_for_what_is_empty():
    said = json.loads(writing.document("services", ROWS, WireFormat.JSON))

    assert said == [
        {"service_code": "A101", "service_name": "乱停放 & <车>", "metadata": True, "keywords": None, "lat": 31.5}
    ]
    assert json.loads(writing.document("services", [], WireFormat.JSON)) == []


def test_xml_wraps_a_list_around_elements_of_one_name_without_a_namespace():
    said = writing.document("services", ROWS, WireFormat.XML)

    assert said.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<services><service>')
    [service] = ElementTree.fromstring(said)
    assert [each.tag for each in service] == list(ROWS[0])
    assert [each.text for each in service] == ["A101", "乱停放 & <车>", "true", None, "31.5"]
    assert b"&lt;" in said
    assert b"&amp;lt;" not in said
    assert ElementTree.fromstring(writing.document("services", [], WireFormat.XML)).tag == "services"


def test_lists_within_a_row_are_wrapped_the_same_way():
    row = {"service_code": "A1", "attributes": [{"code": "X", "values": [{"key": "a", "name": "甲"}]}]}

    xml = ElementTree.fromstring(writing.document("service_definition", row, WireFormat.XML))
    assert xml.findtext("attributes/attribute/values/value/name") == "甲"
    assert json.loads(writing.document("service_definition", row, WireFormat.JSON)) == row


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_whatever_people_write_is_a_document_in_both_formats_and_reads_back(text):
    rows = [{"description": text, "status": "open"}]

    [read] = reading.rows(writing.document("service_requests", rows, WireFormat.JSON), WireFormat.JSON)
    assert reading.text(read, "description") == text.replace("\0", "").strip()
    [read] = reading.rows(writing.document("service_requests", rows, WireFormat.XML), WireFormat.XML)
    assert reading.text(read, "status") == "open"


@pytest.mark.parametrize(
    ("name", "stem", "form"),
    [("A101.xml", "A101", WireFormat.XML), ("3101-2026.1.json", "3101-2026.1", WireFormat.JSON)],
)
def test_the_end_of_an_address_says_the_format(name, stem, form):
    assert formats.split(name) == (stem, form)


@pytest.mark.parametrize("name", ["A101", "A101.csv", ".xml", "A101.XML", ""])
def test_any_other_end_leads_nowhere(name):
    with pytest.raises(NotFound):
        formats.split(name)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-28T09:30:00+08:00",
        "2026-11-28T09:30:00 08:00",
        "2026-11-28T01:30:00Z",
        "2026-11-28t01:30:00z",
        "2026-11-27T20:30:00-05:00",
        "2026-11-28T01:30:00.123456Z",
        "2026-11-28T09:30:00+0800",
    ],
)
def test_an_instant_is_read_as_clients_send_it(text):
    assert times.read(text, "start_date") == datetime(2026, 11, 28, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-11-28", "2026-11-28T09:30:00", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00Z"])
def test_an_instant_without_a_zone_or_beyond_the_calendar_is_refused(text):
    with pytest.raises(DateUnreadable):
        times.read(text, "start_date")


def test_an_instant_is_written_without_fractions():
    assert times.written(datetime(2026, 11, 28, 1, 30, 5, 999, tzinfo=UTC)) == "2026-11-28T01:30:05Z"


def test_attributes_are_read_in_the_ways_in_which_clients_write_them():
    form = PostedForm(
        [("attribute[A]", "1"), ("attribute[B][]", "x"), ("attribute[B][]", "y"), ("attribute[C]", "p"),
         ("attribute[C]", "q"), ("attribute[D][0]", "z"), ("attribute[E]", " "), ("description", "车")]
    )  # fmt: skip

    assert form.attributes() == {"A": ["1"], "B": ["x", "y"], "C": ["p", "q"], "D": ["z"]}


def test_an_empty_field_is_the_same_as_none():
    form = PostedForm([("lat", ""), ("long", " 121.5 "), ("description", "啊" * 11)])

    assert form.value("long") == "121.5"
    with pytest.raises(FieldMissing):
        form.required("lat")
    with pytest.raises(FieldTooLong):
        form.value("description", most=10)


def test_the_same_words_have_the_same_print_whatever_key_they_came_with():
    one = PostedForm([("api_key", "a.b"), ("service_code", "A101"), ("lat", "")])
    same = PostedForm([("service_code", "A101 "), ("api_key", "c.d"), ("jurisdiction_id", "3101")])

    assert one.print_of() == same.print_of()
    assert one.print_of() != one.print_of(b"picture")
    assert b"a.b" not in one.raw()


@pytest.mark.parametrize(
    ("state", "move", "status", "detailed"),
    [
        (State.OFFERED, None, "open", "action_scheduled"),
        (State.DISPATCHED, None, "open", "action_scheduled"),
        (State.DISPATCHED, Transition.RETURN, "open", "internal_referral"),
        (State.DISPATCHED, Transition.REOPEN, "open", "open"),
        (State.ACCEPTED, Transition.ACCEPT, "open", "in_progress"),
        (State.ON_SITE, Transition.GRANT_EXTENSION, "open", "planned"),
        (State.HANDLED, Transition.FINISH, "open", "fixed"),
        (State.SUSPENDED, Transition.GRANT_SUSPENSION, "open", "planned"),
        (State.CLOSED, Transition.PASS, "closed", "closed"),
        (State.CANCELLED, Transition.CANCEL, "closed", "not_councils_responsibility"),
        (State.CANCELLED, Transition.WITHDRAW, "closed", "cancelled"),
        (State.MERGED, Transition.MERGE, "closed", "duplicate"),
    ],
)
def test_our_states_in_the_words_of_others(state, move, status, detailed):
    assert statuses.status_of(state) == status
    assert statuses.detailed(state, move) == detailed


def test_every_state_has_words_for_others():
    assert {statuses.detailed(state) for state in State} <= set(UpdateStatus)
    assert {statuses.status_of(state) for state in State} == {"open", "closed"}


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("OPEN", UpdateStatus.OPEN),
        ("Closed", UpdateStatus.CLOSED),
        ("Action Scheduled", UpdateStatus.ACTION_SCHEDULED),
        ("IN_PROGRESS", UpdateStatus.IN_PROGRESS),
        ("assigned", UpdateStatus.ACTION_SCHEDULED),
    ],
)
def test_words_of_others_are_read_in_any_case(word, status):
    assert statuses.read(word) is status


def test_a_word_that_nobody_knows_is_refused_and_ends_nothing():
    with pytest.raises(StatusUnknown):
        statuses.read("vanished")
    assert not statuses.has_ended("vanished")
    assert statuses.has_ended("FIXED")
    assert not statuses.has_ended("open")


REQUEST = {"service_request_id": "7", "status": "open"}


@pytest.mark.parametrize(
    "answer",
    [
        '[{"service_request_id": 7, "status": "open"}]',
        '{"service_requests": [{"service_request_id": "7", "status": "open"}]}',
        '{"service_requests": [{"request": {"service_request_id": "7", "status": "open"}}]}',
        '{"service_requests": {"request": {"service_request_id": "7", "status": "open"}}}',
        '{"requests": [{"service_request_id": "7", "status": "open", "description": null}]}',
    ],
)
def test_answers_of_others_are_read_with_and_without_their_roots(answer):
    [row] = reading.rows(answer.encode(), WireFormat.JSON)

    assert {name: reading.text(row, name) for name in REQUEST} == REQUEST


def test_an_answer_in_xml_is_read_with_one_and_with_many():
    one = b"<service_requests><request><service_request_id>7</service_request_id></request></service_requests>"
    two = b"<r:service_requests xmlns:r='x'/>"

    assert reading.rows(one, WireFormat.XML) == [{"service_request_id": "7"}]
    assert reading.rows(one.replace(b"</request>", b"</request><request><status/></request>"), WireFormat.XML) == [
        {"service_request_id": "7"},
        {"status": None},
    ]
    assert reading.rows(b"<service_requests></service_requests>", WireFormat.XML) == []
    assert reading.rows(two, WireFormat.XML) == []


@pytest.mark.parametrize(
    "answer",
    [
        b"<html><body>502 Bad Gateway",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><errors><error>&e;</error></errors>',
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><errors>&b;</errors>',
        b"",
    ],
)
def test_entities_and_what_is_no_document_are_refused(answer):
    with pytest.raises(AnswerUnreadable):
        reading.rows(answer, WireFormat.XML)
    with pytest.raises(AnswerUnreadable):
        reading.rows(answer, WireFormat.JSON)


def test_what_nothing_can_store_is_left_out_of_what_others_say():
    assert reading.text({"description": "a\x00b", "status": "\x00"}, "description") == "ab"
    assert reading.text({"status": "\x00"}, "status") == ""


def test_what_is_nested_without_end_is_unreadable():
    with pytest.raises(AnswerUnreadable):
        reading.rows(b"[" * 800 + b"]" * 800, WireFormat.JSON)
