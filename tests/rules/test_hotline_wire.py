"""1-3-5-15 in Shanghai's working days, and the wire of docs/intake/hotline.md in both directions."""

import json
from datetime import datetime
from uuid import UUID

import pytest

from backend.calendars.rules import SHANGHAI
from backend.calendars.structs import Timetable
from backend.intake.hotline.deadlines import at_given, in_working_days
from backend.intake.hotline.errors import MessageUnreadable
from backend.intake.hotline.grid_wire import GridWire
from backend.intake.hotline.kinds import ActKind, CaseKind, ContactResult, working_days
from backend.intake.hotline.messages import ActMessage, Assigned, CalledBack, ContactMessage, FeedbackMessage
from tests.fakes.hotline import SHAPES
from tests.fakes.shapes import hold


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("kind", "is_complex", "days"),
    [
        (CaseKind.CONSULT, False, 1),
        (CaseKind.SUGGESTION, False, 1),
        (CaseKind.SUPERVISED, False, 3),
        (CaseKind.REVIEW, False, 3),
        (CaseKind.HELP, False, 5),
        (CaseKind.COMPLAINT, False, 5),
        (CaseKind.POLICE, False, 5),
        (CaseKind.COMPLAINT, True, 15),
    ],
)
def test_the_kind_says_within_how_many_working_days(kind, is_complex, days):
    assert working_days(kind, is_complex=is_complex) == days


@pytest.mark.parametrize(
    ("start", "days", "due", "warned"),
    [
        ("2026-11-26T10:00", 1, "2026-11-27T17:00", "2026-11-27T09:00"),  # Thursday to Friday
        ("2026-11-27T23:59", 1, "2026-11-30T17:00", "2026-11-30T09:00"),  # over a weekend
        ("2026-11-28T10:00", 3, "2026-12-02T17:00", "2026-12-01T09:00"),  # from a Saturday
        ("2026-11-26T10:00", 5, "2026-12-03T17:00", "2026-12-02T09:00"),
        ("2026-12-30T10:00", 3, "2027-01-05T17:00", "2027-01-04T09:00"),  # over New Year's Day, which the law fixes
    ],
)
def test_the_day_of_receipt_does_not_count_and_the_last_ends_with_its_office_hours(start, days, due, warned):
    assert in_working_days(at(start), days, Timetable()) == (at(due), at(warned))


def test_a_deadline_that_the_platform_names_is_warned_of_that_morning_or_two_hours_before():
    assert at_given(at("2026-11-26T10:00"), at("2026-11-27T18:00"), Timetable())[1] == at("2026-11-27T09:00")
    assert at_given(at("2026-11-26T06:00"), at("2026-11-26T10:00"), Timetable())[1] == at("2026-11-26T08:00")


def dispatched(**changes: object) -> bytes:
    known = {
        "acttype": "dispatch",
        "taskid": "T1",
        "ordertype": "投诉",
        "address": "莲安东路100号",
        "description": "堵路",
    }
    return json.dumps(known | changes, ensure_ascii=False).encode()


def test_a_case_is_read_with_its_class_place_and_citizen_and_what_else_is_said_is_passed_over():
    read = GridWire().read(
        dispatched(
            infobcname="街面秩序",
            infoscname="非机动车乱停放",
            streetname="北蔡镇",
            x=121.55,
            y=31.17,
            coordsys="GCJ02",
            contactphone="13800000000",
            iscomplex=True,
            unheard_of=1,
        )
    )
    assert isinstance(read, Assigned)
    incoming = read.incoming
    assert (read.kind, read.is_complex, incoming.class_code) == (CaseKind.COMPLAINT, True, "街面秩序/非机动车乱停放")
    assert incoming.clues.point is not None
    assert (incoming.clues.address, incoming.clues.point.datum) == ("北蔡镇莲安东路100号", "gcj02")
    assert incoming.contact is not None


def test_plane_coordinates_of_a_citys_own_grid_are_no_position():
    read = GridWire().read(dispatched(x=7512.3, y=-3120.9))
    assert isinstance(read, Assigned)
    assert read.incoming.clues.point is None


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff",
        b'{"acttype": "unheard"}',
        dispatched(taskid=" "),
        dispatched(ordertype="喊话"),
        dispatched(limittime="tomorrow"),
        dispatched(x=1.0, y=1.0, coordsys="shanghai"),
        b'{"acttype": "decision", "taskid": "T", "exchangeid": "e", "decision": "maybe"}',
        b'{"acttype": "callback", "taskid": "T", "callbackno": "", "callbacktime": "2026-11-28 09:00:00"}',
    ],
)
def test_what_is_not_in_the_format_is_refused_with_what_is_wrong(body):
    with pytest.raises(MessageUnreadable):
        GridWire().read(body)


def test_a_call_that_reached_nobody_says_nothing():
    said = {"acttype": "callback", "taskid": "T", "callbackno": "C", "callbacktime": "2026-11-28 09:00:00"}
    read = GridWire().read(json.dumps(said | {"isreached": False}).encode())
    assert isinstance(read, CalledBack)
    assert (read.is_reached, read.is_solved) == (False, None)


def test_what_we_tell_is_as_the_platform_checks_it():
    wire, now, photo = GridWire(), at("2026-11-28T09:30"), UUID(int=1)
    contact = ContactMessage(task_no="T", at=now, result=ContactResult.UNREACHED, tries=3, note="")
    act = {"task_no": "T", "at": now, "reason": "要施工", "photo_ids": [photo]}
    extension = ActMessage(**act, kind=ActKind.EXTENSION, code="D02", days=5)  # type: ignore[arg-type]
    returned = ActMessage(**act, kind=ActKind.RETURN, code="R01", days=None)  # type: ignore[arg-type]
    feedback = FeedbackMessage(
        task_no="T", at=now, serial=1, is_final=True, is_solved=True, words="已清运", finished_at=now
    )
    for message in (contact, extension, returned, feedback):
        body = wire.write("yima-1", message, {photo: "http://x/media/1"})
        hold(body, SHAPES[body["acttype"]], "body")
    assert wire.write("e", contact, {})["acttime"] == "2026-11-28 09:30:00"


@pytest.mark.parametrize(
    ("status", "body", "taken", "refused"),
    [
        (200, b'{"code": 0}', True, False),
        (200, b'{"code": 1002, "msg": "closed"}', False, True),
        (400, b'{"code": 4000, "msg": "reason"}', False, True),
        (200, b'{"code": 5001, "msg": "busy"}', False, False),
        (503, b'{"code": 0}', False, False),
        (429, b"", False, False),
        (200, b"<html>", False, False),
    ],
)
def test_only_a_clear_no_of_the_platform_is_one_and_everything_unclear_is_tried_again(status, body, taken, refused):
    verdict = GridWire().judge(status, body)
    assert (verdict.is_taken, verdict.is_refused) == (taken, refused)


@pytest.mark.parametrize(
    "said",
    [
        {"description": "a\x00b"},
        {"discovertime": "0001-01-01 00:00:00"},
        {"limittime": "9999-12-31 23:59:59"},
        {"acttype": "callback", "callbackno": "c" * 81, "callbacktime": "2026-11-28 09:30:00"},
    ],
)
def test_what_cannot_be_stored_is_unreadable_and_kept_under_its_cases_number_where_it_gives_one(said):
    body = dispatched(**said)

    with pytest.raises(MessageUnreadable):
        GridWire().read(body)
    assert GridWire().number_of(body) == (None if "acttype" in said else "T1")
    assert GridWire().number_of(b"[") is None
    assert GridWire().number_of(dispatched(taskid="\x00")) is None
