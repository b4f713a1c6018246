"""The wire format of docs/intake/hotline.md: field names of Shanghai's grid data, instants in Beijing time.

Times are written `2026-11-28 09:30:00`. What a platform says besides what is named here is passed over.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from backend import clock
from backend.calendars.rules import SHANGHAI
from backend.geo.datum import Datum
from backend.intake.hotline.errors import MessageUnreadable
from backend.intake.hotline.kinds import KINDS_ZH, ActKind, CaseKind, ContactResult
from backend.intake.hotline.messages import (
    ActMessage,
    Assigned,
    CalledBack,
    ContactMessage,
    Decided,
    FeedbackMessage,
    Inbound,
    LastWordTaken,
    Outgoing,
    Recalled,
    Urged,
    WireVerdict,
)
from backend.intake.structs import CLASS_MOST, SOURCE_NO_MOST, Clues, Incoming, PointClue, ReporterContact
from backend.words import CASE_ADDRESS, NOTE

_FORMAT = "%Y-%m-%d %H:%M:%S"
_PLANE = 180.0
"""What is larger in `x` or `y` is a plane coordinate of the city's own grid, which nobody outside can convert."""
_OPINION = NOTE
_UNAVAILABLE = (408, 429)
_RETRY_CODES = range(5000, 6000)


class _PlatformMessage(msgspec.Struct, kw_only=True, tag_field="acttype"):
    taskid: str = ""
    opinion: str = ""


class _Dispatch(_PlatformMessage, kw_only=True, tag="dispatch"):
    discovertime: str = ""
    infotypename: str = ""
    infobcname: str = ""
    infoscname: str = ""
    infozcname: str = ""
    description: str = ""
    executedeptname: str = ""
    streetname: str = ""
    communityname: str = ""
    address: str = ""
    x: float | None = None
    y: float | None = None
    coordsys: str = ""
    ordertype: str = "求助"
    iscomplex: bool = False
    limittime: str = ""
    contactname: str = ""
    contactphone: str = ""
    needcallback: bool | None = None


class _DecisionMessage(_PlatformMessage, kw_only=True, tag="decision"):
    exchangeid: str
    decision: str
    limittime: str = ""


class _CallBackMessage(_PlatformMessage, kw_only=True, tag="callback"):
    callbackno: str
    callbacktime: str
    isreached: bool = True
    issolved: bool | None = None
    issatisfied: bool | None = None


class _Urge(_PlatformMessage, kw_only=True, tag="urge"):
    pass


class _Recall(_PlatformMessage, kw_only=True, tag="recall"):
    pass


class _AskCallBack(_PlatformMessage, kw_only=True, tag="askcallback"):
    pass


class _Numbered(msgspec.Struct):
    acttype: str
    taskid: str


class _PlatformSaid(msgspec.Struct):
    code: int
    msg: str = ""


_ANY = _Dispatch | _DecisionMessage | _CallBackMessage | _Urge | _Recall | _AskCallBack
_DECISIONS = {"同意": True, "不同意": False}


class GridWire:
    """See `messages.HotlineWire`."""

    def read(self, body: bytes) -> Inbound:
        if b"\\u0000" in body:
            raise MessageUnreadable("a text has U+0000 in it")
        try:
            message = msgspec.json.decode(body, type=_ANY)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise MessageUnreadable(str(error)) from error
        if not message.taskid.strip():
            raise MessageUnreadable("taskid")
        return _read(message)

    def number_of(self, body: bytes) -> str | None:
        try:
            said = msgspec.json.decode(body, type=_Numbered)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        number = said.taskid.strip()
        is_one = said.acttype == "dispatch" and 0 < len(number) <= SOURCE_NO_MOST and "\0" not in number
        return number if is_one else None

    def write(self, exchange_no: str, message: Outgoing, links: dict[UUID, str]) -> dict[str, Any]:
        said = {"exchangeid": exchange_no, "taskid": message.task_no, "acttime": _time(message.at)}
        match message:
            case ContactMessage():
                result = "已联系" if message.result is ContactResult.REACHED else "未联系上"
                own = {"contactresult": result, "contacttimes": message.tries, "contactnote": message.note}
                return said | {"acttype": "contact"} | own
            case ActMessage():
                evidence = [{"photoid": str(each), "url": links.get(each, "")} for each in message.photo_ids]
                own = {"code": message.code, "reason": message.reason, "evidence": evidence}
                if message.kind is ActKind.EXTENSION:
                    own["delaydays"] = message.days
                return said | {"acttype": message.kind.value} | own
            case FeedbackMessage():
                own = {
                    "feedbacktype": "办结反馈" if message.is_final else "过程反馈",
                    "feedbackno": message.serial,
                    "result": message.words,
                    "issolved": message.is_solved,
                    "finishtime": _time(message.finished_at) if message.finished_at else "",
                }
                return said | {"acttype": "feedback"} | own

    def judge(self, status: int, body: bytes) -> WireVerdict:
        if status >= 500 or status in _UNAVAILABLE:
            return WireVerdict(is_taken=False, why=f"HTTP {status}")
        try:
            answer = msgspec.json.decode(body, type=_PlatformSaid)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return WireVerdict(is_taken=False, why=f"HTTP {status}, unreadable")
        if status < 300 and answer.code == 0:
            return WireVerdict(is_taken=True)
        return WireVerdict(
            is_taken=False, is_refused=answer.code not in _RETRY_CODES, why=f"{answer.code} {answer.msg}"
        )


def _read(message: _ANY) -> Inbound:
    task_no, opinion = message.taskid.strip(), message.opinion.strip()[:_OPINION]
    match message:
        case _Dispatch():
            return _assigned(task_no, message)
        case _DecisionMessage():
            is_granted = _DECISIONS.get(message.decision)
            if is_granted is None:
                raise MessageUnreadable("decision: 同意, 不同意")
            due_at = _instant(message.limittime)
            return Decided(
                task_no=task_no,
                exchange_no=message.exchangeid,
                is_granted=is_granted,
                opinion=opinion,
                due_at=due_at,
            )
        case _CallBackMessage():
            at = _instant(message.callbacktime)
            if at is None or not 0 < len(message.callbackno.strip()) <= SOURCE_NO_MOST:
                raise MessageUnreadable("callbackno, callbacktime")
            return CalledBack(
                task_no=task_no,
                call_no=message.callbackno.strip(),
                at=at,
                is_reached=message.isreached,
                is_solved=message.issolved,
                is_satisfied=message.issatisfied,
                opinion=opinion,
            )
        case _Urge():
            return Urged(task_no=task_no, opinion=opinion)
        case _Recall():
            return Recalled(task_no=task_no, opinion=opinion)
        case _AskCallBack():
            return LastWordTaken(task_no=task_no)


def _assigned(task_no: str, said: _Dispatch) -> Assigned:
    classes = [each.strip() for each in (said.infobcname, said.infoscname, said.infozcname)]
    kind = KINDS_ZH.get(said.ordertype.strip())
    if kind is None:
        raise MessageUnreadable(f"ordertype: {', '.join(KINDS_ZH)}")
    try:
        incoming = Incoming(
            source_no=task_no,
            occurred_at=_instant(said.discovertime),
            title=classes[2] or classes[1],
            text=said.description,
            clues=Clues(point=_point(said), address=_address(said)),
            class_code="/".join(filter(None, classes))[:CLASS_MOST],
            contact=ReporterContact(name=said.contactname, phone=said.contactphone),
        )
    except Exception as error:
        raise MessageUnreadable(str(error)) from error
    return Assigned(
        incoming=incoming,
        kind=kind if said.infotypename != "非警务" else CaseKind.POLICE,
        is_complex=said.iscomplex,
        unit_name=said.executedeptname[:80],
        due_at=_instant(said.limittime),
        has_last_word=said.needcallback,
    )


def _point(said: _Dispatch) -> PointClue | None:
    if said.x is None or said.y is None or max(abs(said.x), abs(said.y)) > _PLANE:
        return None
    try:
        datum = Datum(said.coordsys.lower()) if said.coordsys else None
    except ValueError as error:
        raise MessageUnreadable(f"coordsys: {', '.join(Datum)}") from error
    return PointClue(lng=said.x, lat=said.y, datum=datum)


def _address(said: _Dispatch) -> str:
    """Street and committee before the address, where that does not name them itself."""
    parts = [part for part in (said.streetname, said.communityname) if part and part not in said.address]
    return ("".join(parts) + said.address)[:CASE_ADDRESS]


def _instant(text: str) -> datetime | None:
    """None where nothing is said. Raises MessageUnreadable."""
    if not text.strip():
        return None
    try:
        at = datetime.strptime(text.strip(), _FORMAT).replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise MessageUnreadable("times are 2026-11-28 09:30:00, Beijing time") from error
    if not clock.is_sane(at):
        raise MessageUnreadable("a time that no calendar reaches")
    return at


def _time(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime(_FORMAT)
