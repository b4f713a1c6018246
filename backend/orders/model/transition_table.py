"""The life of an order as a table to read aloud: who makes which transition, from where to where, needing what."""

from backend.accounts.structs import Role
from backend.orders.model.source_transitions import OF_SOURCE_WORD, OF_SOURCES
from backend.orders.model.states import OF_SOURCE, OPEN, RUNNING, UNDER_WAY, Authority, Need, Parts, State, Transition
from backend.orders.model.transition_rule import TransitionRule

DESK = (Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
HANDLER = (Role.HANDLER,)
GRABBERS = (Role.VOLUNTEER, Role.HANDLER, Role.COMMITTEE)  # out of the pool, and then they work on it
VERIFIERS = (Role.VERIFIER, Role.INSPECTOR)
ANYBODY = tuple(Role)
_NEW = (State.DISPATCHED,)
_UNTAKEN = (State.OFFERED, *_NEW)
_HELD = (*_UNTAKEN, *UNDER_WAY, State.SUSPENDED)
_STARTED = ("grabbed_at", "accepted_at", "arrived_at", "made_safe_at", "finished_at")


TABLE: tuple[TransitionRule, ...] = (
    TransitionRule(
        Transition.GRAB,
        "抢单",
        (State.OFFERED,),
        State.ACCEPTED,
        GRABBERS,
        Authority.GRABBER,
        stamps=("grabbed_at", "accepted_at"),
    ),
    TransitionRule(Transition.END_OFFER, "转派值班", (State.OFFERED,), State.DISPATCHED, (), Authority.SYSTEM),
    TransitionRule(
        Transition.OFFER_AGAIN,
        "重新放入抢单池",
        (State.ACCEPTED,),
        State.OFFERED,
        (),
        Authority.SYSTEM,
        clears=_STARTED,
    ),
    TransitionRule(Transition.RELEASE, "放入抢单池", _NEW, State.OFFERED, DESK, Authority.AREA, judges=True),
    TransitionRule(Transition.ACCEPT, "接单", _NEW, State.ACCEPTED, HANDLER, Authority.UNIT, stamps=("accepted_at",)),
    TransitionRule(
        Transition.CHECK_IN,
        "到场",
        (State.ACCEPTED,),
        State.ON_SITE,
        GRABBERS,
        Authority.HOLDER,
        stamps=("arrived_at",),
    ),
    TransitionRule(
        Transition.MAKE_SAFE,
        "现场防护",
        (State.ON_SITE,),
        None,
        GRABBERS,
        Authority.HOLDER,
        (Need.PHOTOS,),
        ("made_safe_at",),
    ),
    TransitionRule(
        Transition.FINISH,
        "处置完成",
        UNDER_WAY,
        State.HANDLED,
        GRABBERS,
        Authority.HOLDER,
        (Need.ARRIVAL, Need.EVIDENCE, Need.ANSWER),
        ("finished_at",),
    ),
    TransitionRule(
        Transition.RETURN,
        "退单",
        (*_NEW, State.ACCEPTED),
        State.DISPATCHED,
        HANDLER,
        Authority.HOLDER,
        (Need.REASON,),
        clears=_STARTED,
    ),
    TransitionRule(
        Transition.REASSIGN,
        "改派",
        _HELD,
        State.DISPATCHED,
        DESK,
        Authority.AREA,
        (Need.REASON,),
        clears=_STARTED,
        judges=True,
    ),
    TransitionRule(Transition.PASS_ON, "超时转派", _NEW, State.DISPATCHED, (), Authority.SYSTEM),
    TransitionRule(Transition.HAND_OVER, "离岗移交", _HELD, State.DISPATCHED, (), Authority.SYSTEM, clears=_STARTED),
    TransitionRule(
        Transition.ASK_EXTENSION, "申请延期", UNDER_WAY, None, HANDLER, Authority.HOLDER, (Need.REASON, Need.MINUTES)
    ),
    TransitionRule(Transition.GRANT_EXTENSION, "批准延期", UNDER_WAY, None, DESK, Authority.NOT_HANDLER, judges=True),
    TransitionRule(Transition.ASK_SUSPENSION, "申请挂账", UNDER_WAY, None, HANDLER, Authority.HOLDER, (Need.REASON,)),
    TransitionRule(
        Transition.GRANT_SUSPENSION, "批准挂账", UNDER_WAY, State.SUSPENDED, DESK, Authority.NOT_HANDLER, judges=True
    ),
    TransitionRule(
        Transition.REFUSE, "不予批准", UNDER_WAY, None, DESK, Authority.NOT_HANDLER, (Need.REASON,), judges=True
    ),
    TransitionRule(
        Transition.RESUME, "恢复处置", (State.SUSPENDED,), State.ACCEPTED, (*HANDLER, *DESK), Authority.HOLDER
    ),
    TransitionRule(
        Transition.CO_HANDLE, "协办", UNDER_WAY, None, (*HANDLER, *DESK), Authority.HOLDER, (Need.UNIT, Need.REASON)
    ),
    TransitionRule(Transition.URGE, "催办", RUNNING, None, (*DESK, Role.COMMITTEE), Authority.CONCERNED, is_aside=True),
    TransitionRule(Transition.SUPERVISE, "督办", RUNNING, None, DESK, Authority.AREA, is_aside=True),
    TransitionRule(
        Transition.CANCEL,
        "作废",
        _HELD,
        State.CANCELLED,
        DESK,
        Authority.AREA,
        (Need.REASON,),
        ("cancelled_at",),
        judges=True,
        parts=Parts.ENDED,
    ),
    TransitionRule(
        Transition.WITHDRAW,
        "撤回",
        _HELD,
        State.CANCELLED,
        ANYBODY,
        Authority.BRANCH,
        (Need.REASON,),
        ("cancelled_at",),
        parts=Parts.ENDED,
    ),
    TransitionRule(
        Transition.SELF_HANDLE,
        "自处理",
        _UNTAKEN,
        State.CLOSED,
        (Role.INSPECTOR, Role.COMMITTEE),
        Authority.OPENER,
        (Need.PHOTOS,),
        ("accepted_at", "arrived_at", "finished_at", "closed_at"),
    ),
    TransitionRule(
        Transition.FIRST_PASS, "首次核查通过", (State.HANDLED,), None, VERIFIERS, Authority.NO_HAND, judges=True
    ),
    TransitionRule(
        Transition.PASS,
        "核查通过",
        (State.HANDLED,),
        State.CLOSED,
        VERIFIERS,
        Authority.NO_HAND,
        stamps=("closed_at",),
        judges=True,
    ),
    TransitionRule(
        Transition.REWORK,
        "返工",
        (State.HANDLED,),
        State.ACCEPTED,
        VERIFIERS,
        Authority.NO_HAND,
        (Need.REASON,),
        clears=("finished_at", "referred_at"),
        judges=True,
    ),
    TransitionRule(
        Transition.AUTO_PASS,
        "自动核查通过",
        (State.HANDLED,),
        State.CLOSED,
        (),
        Authority.SYSTEM,
        stamps=("closed_at",),
    ),
    TransitionRule(
        Transition.CONFIRM,
        "商户确认",
        (State.HANDLED,),
        State.CLOSED,
        ANYBODY,
        Authority.MERCHANT,
        stamps=("closed_at",),
        judges=True,
    ),
    TransitionRule(
        Transition.DISPUTE,
        "商户不认可",
        (State.HANDLED,),
        State.ACCEPTED,
        ANYBODY,
        Authority.MERCHANT,
        (Need.REASON,),
        clears=("finished_at", "referred_at"),
        judges=True,
    ),
    TransitionRule(
        Transition.REOPEN,
        "未解决,重新办理",
        (State.CLOSED,),
        State.DISPATCHED,
        ANYBODY,
        Authority.FIRST_REPORTER,
        (Need.REASON,),
        clears=(*_STARTED, "closed_at", *OF_SOURCE_WORD),
        judges=True,
    ),
    TransitionRule(
        Transition.OBJECT,
        "反映未解决",
        (State.CLOSED,),
        None,
        ANYBODY,
        Authority.LATER_REPORTER,
        (Need.REASON,),
        is_aside=True,
    ),
    TransitionRule(
        Transition.RATE,
        "评价",
        (State.CLOSED,),
        None,
        ANYBODY,
        Authority.REPORTER,
        (Need.SCORE,),
        judges=True,
        is_aside=True,
    ),
    TransitionRule(
        Transition.FOLLOW_UP,
        "回访",
        (State.CLOSED,),
        None,
        DESK,
        Authority.AREA,
        (Need.RESULT,),
        judges=True,
        is_aside=True,
    ),
    TransitionRule(Transition.JOIN, "我也遇到", (*OPEN, State.CLOSED), None, ANYBODY, Authority.ANYBODY, is_aside=True),
    TransitionRule(Transition.MERGE, "并案", OPEN, State.MERGED, DESK, Authority.AREA, (Need.REASON,), judges=True),
    TransitionRule(Transition.ABSORB, "并入他案", OPEN, None, DESK, Authority.AREA),
    TransitionRule(
        Transition.UNMERGE,
        "拆案",
        (State.MERGED,),
        None,
        DESK,
        Authority.AREA,
        (Need.REASON,),
        restores=True,
        judges=True,
    ),
    TransitionRule(Transition.DETACH, "拆出他案", (*OPEN, State.CLOSED, State.MERGED), None, DESK, Authority.AREA),
    TransitionRule(Transition.REZONE, "边界调整", OPEN, None, (), Authority.SYSTEM, is_aside=True),
    TransitionRule(Transition.NOTE_RECOVERY, "设备恢复", OPEN, None, (), Authority.SYSTEM, is_aside=True),
    *OF_SOURCES,
)
_BY_MOVE = {row.move: row for row in TABLE}


def rule_of(move: Transition) -> TransitionRule:
    return _BY_MOVE[move]


def is_left_to_source(row: TransitionRule) -> bool:
    """Whether this line would end a case whose source has the last word. A pass is then the first of two words."""
    return row.target in (State.CLOSED, State.CANCELLED) and row.move not in (Transition.PASS, *OF_SOURCE)


def is_possible(state: State, move: Transition) -> bool:
    return state in _BY_MOVE[move].sources


def transitions_from(state: State) -> list[TransitionRule]:
    """What may happen next, whoever does it."""
    return [row for row in TABLE if state in row.sources]
