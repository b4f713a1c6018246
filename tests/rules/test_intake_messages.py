"""A message as its source sends it: read whole, or said what is wrong with it, without what stood there."""

import json
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.intake.records import decoding, figures
from backend.intake.records.deciding import mended
from backend.intake.records.decoding import MessageUnread
from backend.intake.records.structs import RecordMending
from backend.intake.structs import Clues, Incoming, PointClue

TODAY = date(2021, 7, 18)


def unread(**fields: object) -> MessageUnread:
    with pytest.raises(MessageUnread) as refused:
        decoding.read_message(json.dumps(fields).encode())
    return refused.value


def test_a_message_is_read_whole_and_an_unknown_field_is_not_lost_in_silence():
    said = {
        "source_no": " 甲-1 ",
        "title": "乱停\r\n",
        "clues": {"point": {"lng": 121.5, "lat": 31.1, "datum": "gcj02"}},
    }
    read = decoding.read_message(json.dumps(said).encode())

    assert (read.source_no, read.title, read.clues.point and read.clues.point.datum) == ("甲-1", "乱停", "gcj02")
    assert "adress" in unread(source_no="1", clues={"adress": "北蔡"}).detail


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"source_no": 7, "title": "x"}, "7"),
        ({"source_no": "A-1", "text": "13812345678" * 600}, "A-1"),
        ({"source_no": "A-2", "title": "a\x00b"}, "A-2"),
        ({"source_no": "A-3", "occurred_at": "2021-07-18T08:52:00"}, "A-3"),
        ({"source_no": "A-4", "occurred_at": "0001-01-01T00:00:00+08:00"}, "A-4"),
        ({"source_no": "x" * 81}, None),
        ({"title": "没有编号"}, None),
        ({"source_no": "  "}, None),
        ({"source_no": True}, None),
    ],
)
def test_what_is_wrong_is_said_without_the_words_that_stood_there_and_with_the_number(fields, number):
    refused = unread(**fields)

    assert refused.source_no == number
    assert "138" not in refused.detail


@given(st.binary(max_size=300))
def test_whatever_bytes_come_they_are_read_or_refused(raw):
    try:
        assert decoding.read_message(raw).source_no
    except MessageUnread as refused:
        assert refused.detail
    decoding.read_batch(raw)
    assert decoding.data_of(raw) == raw or b'"data"' in raw


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=4)))
def test_whatever_stands_in_a_field_the_message_is_read_or_refused(value):
    for name in Incoming.__struct_fields__:
        try:
            decoding.read_message(json.dumps({"source_no": "1", name: value}).encode())
        except MessageUnread as refused:
            assert refused.detail


def test_a_webhook_is_about_its_data_and_a_batch_has_each_message_as_it_stood():
    message = msgspec.json.encode(Incoming(source_no="1"))

    assert decoding.data_of(b'{"type":"t","timestamp":"x","data":' + message + b"}") == message
    assert decoding.data_of(message) == message
    assert decoding.read_batch(b'{"messages": [' + message + b", 7 ]}") == [message, b"7"]
    assert decoding.read_batch(b'{"messages": {}}') is None


def test_a_person_mends_what_was_read_and_a_place_that_is_named_takes_the_place_of_the_clues():
    read = Incoming(source_no="1", title="旧", clues=Clues(point=PointClue(lng=1, lat=2), address="北蔡"))
    new = mended(read, RecordMending(title="新", code="7K3M9QXW2F5T"))

    assert (new.source_no, new.title, new.clues) == ("1", "新", Clues(code="7K3M9QXW2F5T", address="北蔡"))
    assert mended(read, RecordMending()) == read


def test_figures_are_of_a_week_up_to_today_and_of_no_more_than_a_month():
    assert figures.span(None, None, TODAY) == (date(2021, 7, 12), TODAY)
    assert figures.span(date(2020, 1, 1), date(2030, 1, 1), TODAY) == (date(2021, 6, 18), TODAY)
    assert figures.span(None, date(1, 1, 1), TODAY)[1] == date(2000, 1, 1)
