"""What becomes of an order of the made-up past: accepted, done, verified, rated, and what may come between. Pure.

Every instant is one of the order's own clock: a share of a limit is a share of it at night and at weekends, too.
What would happen after now has not happened yet.
"""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Any

from backend.demo.past.cast import Cast
from backend.demo.past.units import NEIGHBOUR_OF, UnitHabits, habits_of
from backend.orders.deadlines.counting import Counting, deadline
from backend.orders.model.checks import TWO_PERSONS
from backend.orders.model.states import Transition
from backend.orders.model.verdicts import Verdict
from backend.orders.past.life import LifeActor, LifeStep, OrderLife

_SPREAD = 0.5
_SYSTEM = LifeActor(None)
_M = Transition
_FINISHED = ("已清理完毕,恢复畅通", "已整改,现场整洁", "已修复", "已劝离并加强巡查", "已清运", "已通知责任方整改到位")
_REWORKED = ("现场照片未见整改", "仍有残留,请继续清理", "角度不同,无法比对,请重拍")
_UNSOLVED = ("第二天又是老样子", "只清了一半,没有解决", "没有人来过")
_SOON = 0.35
"""Who has a quarter of an hour for all of it does not take all of it to accept."""
_SAME = "同一地点同一问题"
_UNHAPPY = 2


class NotYet(Exception):
    """What comes next lies ahead of now."""


class Script:
    """One order's way. `play` goes along it as far as now."""

    def __init__(self, life: OrderLife, cast: Cast, chance: Random, now: datetime) -> None:
        self.life, self.cast, self.chance, self.now = life, cast, chance, now
        self.at = life.beginning.opened_at
        self.verify_mode = cast.items[life.beginning.item_code].item.verify_mode
        self.unit_type = next(kind for kind, unit in cast.units.items() if unit == life.beginning.unit_id)
        self.handler = LifeActor(None)

    @property
    def habits(self) -> UnitHabits:
        return habits_of(self.unit_type)

    def may(self, share: float) -> bool:
        return self.chance.random() < share

    def later(self, minutes: float) -> datetime:
        """So many minutes of the order's clock after what happened last. Raises NotYet."""
        terms = self.life.beginning.terms
        at = deadline(self.at, max(minutes, 0.3), Counting(clock=terms.clock, timetable=terms.timetable))
        if at is None or at > self.now:
            raise NotYet
        return at

    def do(self, move: Transition, minutes: float, by: LifeActor, /, **said: Any) -> LifeStep:
        """Make a move so many minutes of the order's clock later. Raises NotYet."""
        at = self.later(minutes)
        self.at = at
        return self.life.move(move, at, by, **said)

    def staff(self, name: str) -> LifeActor:
        return LifeActor(self.cast.staff[name], name)

    def slow(self, share: float) -> float:
        """A share of a limit, now and then much more than usual."""
        return share * self.chance.lognormvariate(0, _SPREAD)


def play(script: Script, twins: Sequence[OrderLife]) -> None:
    """Go the way as far as now. `twins`: orders about the same, which are merged into this one at once."""
    try:
        _begin(script, twins)
        _work(script)
        _verify(script)
        _end(script)
    except NotYet:
        return


def _begin(script: Script, twins: Sequence[OrderLife]) -> None:
    life, desk = script.life, script.staff("dispatcher")
    for twin in twins:
        _merge(script, twin)
    if life.beginning.opened_by.role == "inspector" and script.may(0.45):
        _handle_at_once(script)
    if not twins and script.may(0.025) and not life.source_cases:
        script.do(_M.CANCEL, 12, desk, note="现场核实不属实", reason="现场核实不属实")
        raise NotYet
    limits = life.beginning.terms.limits
    if script.may(script.habits.accepts_late / 2):
        _pass_on(script, limits.respond_min)
    elif script.may(script.habits.returns):
        _return(script)
    if script.may(0.04) and life.beginning.opened_by.role == "resident":
        script.do(_M.URGE, 1, life.beginning.opened_by, note="请尽快处理")
    _accept(script)


def _merge(script: Script, twin: OrderLife) -> None:
    desk, begun, other = script.staff("dispatcher"), script.life.beginning, twin.beginning
    taken = {"order": other.id, "number": other.number}
    script.do(_M.ABSORB, 2.2, desk, note=_SAME, detail=taken, number_taken=other.number)
    into, changes = {"into": begun.id, "number": begun.number}, {"merged_into_id": begun.id}
    said = {"into_number": begun.number, "reason": _SAME}
    twin.move(_M.MERGE, script.at, desk, note=_SAME, detail=into, changes=changes, **said)


def _handle_at_once(script: Script) -> None:
    by = script.life.beginning.opened_by
    script.do(_M.SELF_HANDLE, 4, by, note="已当场处理", changes={"handler_id": by.account_id})
    raise NotYet


def _pass_on(script: Script, respond_min: int) -> None:
    """Nobody accepted: the centre has it, and gives it to the unit again."""
    unit_id = script.life.values["unit_id"]
    gone = {"unit_id": None, "handler_id": None}
    detail = {"from_unit": unit_id, "to_unit": None}
    script.do(_M.PASS_ON, respond_min, _SYSTEM, detail=detail, changes=gone, from_unit_id=unit_id)
    _reassign(script, unit_id, "超时未接单,请立即处置")


def _return(script: Script) -> None:
    """Not ours: the neighbour's."""
    unit_id = script.life.values["unit_id"]
    script.unit_type = NEIGHBOUR_OF.get(script.unit_type, "joint_station")
    to = script.cast.units[script.unit_type]
    if to == unit_id:
        return
    by = LifeActor(script.cast.handlers[unit_id][0], "handler")
    detail = {"reason": "not_ours", "from_unit": unit_id, "to_unit": to, "to_handler": None}
    changes = {"unit_id": to, "handler_id": None, "hop_count": 1}
    script.do(_M.RETURN, 6, by, note="不属本单位职责", detail=detail, changes=changes, reason="not_ours", hop_count=1)


def _reassign(script: Script, unit_id: int, reason: str) -> None:
    changes, from_unit = {"unit_id": unit_id, "handler_id": None}, script.life.values["unit_id"]
    detail = {"from_unit": from_unit, "to_unit": unit_id, "to_handler": None}
    script.do(_M.REASSIGN, 5, script.staff("dispatcher"), note=reason, detail=detail, changes=changes, reason=reason)


def _accept(script: Script) -> None:
    limits = script.life.beginning.terms.limits
    limit = min(limits.respond_min, limits.resolve_min * _SOON)
    people = script.cast.handlers[script.life.values["unit_id"]]
    script.handler = LifeActor(script.chance.choice(people), "handler")
    share = 1.2 if script.may(script.habits.accepts_late) else min(script.slow(0.4), 1.15)
    script.do(_M.ACCEPT, limit * share, script.handler, changes={"handler_id": script.handler.account_id})


def _work(script: Script) -> None:
    """From acceptance to done: there, perhaps more time or a pause, done."""
    life, limits = script.life, script.life.beginning.terms.limits
    takes = limits.resolve_min * min(script.slow(script.habits.pace), 4.0)
    if limits.arrive_min is not None and life.values["arrived_at"] is None:
        arrived = script.do(_M.CHECK_IN, min(takes * 0.5, limits.arrive_min * script.slow(0.55)), script.handler)
        life.check_ins.append((arrived, round(script.chance.uniform(2, 45), 1)))
    if limits.resolve_min > 400 and script.may(0.06):
        _suspend(script)
    elif script.may(0.03):
        _extend(script, round(limits.resolve_min / 2))
    script.do(_M.FINISH, takes * 0.5, script.handler, note=script.chance.choice(_FINISHED))


def _request(script: Script, kind: str, reason: str, minutes: int | None) -> None:
    life, desk = script.life, script.staff("dispatcher")
    ask = _M.ASK_EXTENSION if minutes else _M.ASK_SUSPENSION
    grant = _M.GRANT_EXTENSION if minutes else _M.GRANT_SUSPENSION
    script.do(ask, 3, script.handler, note=reason, detail={"minutes": minutes}, kind=kind, reason=reason)
    request = {
        "order_id": life.beginning.id,
        "kind": kind,
        "minutes": minutes,
        "reason": reason,
        "asked_by_id": script.handler.account_id,
        "asked_at": script.at,
    }
    life.requests.append(request)
    more = {"minutes": minutes} if minutes else {}
    detail = {"kind": kind, "minutes": minutes}
    script.do(grant, 8, desk, note="同意", detail=detail, kind=kind, is_granted=True, reason="同意", **more)
    request |= {"decided_by_id": desk.account_id, "decided_at": script.at, "is_granted": True}


def _extend(script: Script, minutes: int) -> None:
    _request(script, "extension", "需调集设备,请求延长", minutes)


def _suspend(script: Script) -> None:
    _request(script, "suspension", "需协调产权单位,材料未到", None)
    script.do(_M.RESUME, 480 * script.chance.uniform(2, 5), script.handler)


def _verify(script: Script) -> None:
    """Passed by the system, by a person, or sent back once and then passed; of the hotline's the platform closes."""
    life, verifier = script.life, script.staff("verifier")
    if script.may(script.habits.reworked):
        reason = script.chance.choice(_REWORKED)
        again = {"rework_count": life.values["rework_count"] + 1}
        script.do(_M.REWORK, 20, verifier, note=reason, changes=again, reason=reason)
        takes = life.beginning.terms.limits.resolve_min * script.slow(0.2)
        script.do(_M.FINISH, takes, script.handler, note="已再次处置")
    limit = life.beginning.terms.limits.verify_min or 240
    if life.source_cases:
        script.do(_M.FIRST_PASS, limit * script.slow(0.3), verifier)
        script.do(_M.SOURCE_PASS, 300 * script.slow(0.6), LifeActor(script.cast.hotline_id, "source"))
    elif script.verify_mode == "photo_auto" and script.may(0.85):
        script.do(_M.AUTO_PASS, 0.1, _SYSTEM)
    else:
        if script.verify_mode == TWO_PERSONS:
            script.do(_M.FIRST_PASS, limit * script.slow(0.2), script.staff("inspector"))
        script.do(_M.PASS, limit * min(script.slow(0.35), 3.0), verifier)


def _end(script: Script) -> None:
    """The reporter rates, is called where unhappy, or says that nothing was solved."""
    life, opener = script.life, script.life.beginning.opened_by
    if life.beginning.source_kind != "report" or opener.role != "resident":
        return
    if script.may(0.025) and not life.values["reopen_count"]:
        _reopen(script)
        return
    if not script.may(0.42):
        return
    is_late = life.values["finished_at"] > life.values["resolve_by"]
    is_liked = script.may(script.habits.liked - 0.25 * is_late)
    score = script.chance.choices((5, 4), (3, 2))[0] if is_liked else script.chance.choices((3, 2, 1), (4, 2, 1))[0]
    said = {"detail": {"score": score}, "changes": {"rating": score}, "score": score}
    rated = script.do(_M.RATE, 60 * script.chance.uniform(0.3, 8), opener, **said)
    life.verdicts.append((rated, Verdict.RATED, score, life.values["reopen_count"]))
    if score <= _UNHAPPY:
        _call_back(script)


def _call_back(script: Script) -> None:
    life, desk = script.life, script.staff("dispatcher")
    call: dict[str, Any] = {"order_id": life.beginning.id, "listed_at": script.at, "note": ""}
    life.calls.append(call)
    result = "unsatisfied" if script.may(0.4) else "satisfied"
    script.do(_M.FOLLOW_UP, 300, desk, note="已电话回访", detail={"result": result}, result=result)
    call |= {"result": result, "note": "已电话回访", "called_by_id": desk.account_id, "called_at": script.at}


def _reopen(script: Script) -> None:
    life, opener = script.life, script.life.beginning.opened_by
    reason = script.chance.choice(_UNSOLVED)
    changes = {"reopen_count": 1, "rating": None, "handler_id": None}
    reopened = script.do(_M.REOPEN, 240, opener, note=reason, changes=changes, reason=reason)
    life.verdicts.append((reopened, Verdict.UNSOLVED, None, 1))
    _accept(script)
    _work(script)
    _verify(script)
