"""What people are told about a fact, in Chinese and English. Pure. Times are said in Shanghai time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from backend.committees.patrols.events import StopsMissed
from backend.orders.model import events as facts
from backend.orders.model.audience import may_read_words
from backend.orders.model.events import OrderFact
from backend.words import counted
from media.structs import Audience
from push.structs import Details, Wording
from qr import codes
from qr.events import PlateSuspected

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_ROUTES_NAMED = 3
TITLES: dict[type[OrderFact], tuple[str, str]] = {
    facts.OrderDispatched: ("新工单", "New order"),
    facts.OrderOffered: ("已放入抢单池", "On offer"),
    facts.OrderOfferedAgain: ("重新放入抢单池", "On offer again"),
    facts.OrderGrabbed: ("已有人抢单,正在赶来", "Somebody took it and is on the way"),
    facts.OfferEnded: ("无人抢单,转派给您", "Nobody took it, over to you"),
    facts.OrderAccepted: ("已接单", "Accepted"),
    facts.HandlerArrived: ("处置人员已到场", "The handler has arrived"),
    facts.ArrivalAppealed: ("到场申诉,请查看", "Arrival by appeal, please look"),
    facts.OrderMadeSafe: ("现场已防护", "Made safe"),
    facts.OrderFinished: ("已处置,请核查", "Handled, please verify"),
    facts.ConfirmationAsked: ("已处置,请您确认", "Handled, please confirm"),
    facts.OrderPassedOnce: ("首次核查通过,待复核", "Passed once, a second look is needed"),
    facts.OrderReferred: ("核查通过,等待来源回访", "Passed here, its source calls back"),
    facts.OrderExtended: ("上级平台同意延期", "The upper platform gave more time"),
    facts.OrderSentBack: ("返工", "Sent back"),
    facts.OrderClosed: ("已结案", "Closed"),
    facts.OrderRated: ("收到评价", "Rated"),
    facts.OrderReturned: ("退单,请处置", "Returned, over to you"),
    facts.OrderPassedOn: ("超时未接单,已转派", "Not accepted in time, passed on"),
    facts.OrderHandedOver: ("原处置人员离岗,已移交", "Its handler has left, handed over"),
    facts.OrderRezoned: ("辖区边界调整,转入本区域", "A border was moved: now in your area"),
    facts.OrderReassigned: ("改派给您", "Reassigned to you"),
    facts.RequestAsked: ("待审批的申请", "A request waits for you"),
    facts.RequestDecided: ("申请已审批", "Your request was decided"),
    facts.OrderResumed: ("恢复处置", "Taken up again"),
    facts.OrderRecovered: ("设备显示已恢复,请到场确认", "The device says that it is over, please make sure"),
    facts.OrderUrged: ("催办", "Urged"),
    facts.OrderSupervised: ("督办", "Under supervision"),
    facts.OrderCancelled: ("已作废", "Cancelled"),
    facts.OrderJoined: ("又有人上报", "Somebody else saw it too"),
    facts.OrderMerged: ("已并案办理", "Merged with another order"),
    facts.OrderUnmerged: ("已拆案,单独办理", "On its own again"),
    facts.OrderTookIn: ("并入了一张工单", "Another order was merged into yours"),
    facts.OrderLetGo: ("拆出了一张工单", "An order was taken out of yours"),
    facts.OrderObjected: ("又有上报人反映未解决", "Another reporter says it is not solved"),
    facts.OrderReopened: ("居民反映未解决,重新办理", "Not solved, reopened"),
    facts.OrderEscalated: ("时限提醒", "Time is running"),
    facts.OrderClockChanged: ("时限已调整", "The deadlines have moved"),
}
TO_GRAB = ("附近有新单可抢", "Something to grab nearby")
STAGES: dict[str, tuple[str, str]] = {
    "respond": ("接单", "accept"),
    "arrive": ("到场", "arrive"),
    "safe": ("现场防护", "make safe"),
    "resolve": ("处置", "resolve"),
    "verify": ("核查", "verify"),
}


def say(fact: OrderFact, audience: Audience) -> Wording:
    """The words for a fact: what happened to which order, where, and what was said about it, as the audience may know.

    Everybody who is told in a role of theirs is staff, but a helper who took it out of the pool; whoever is told for
    having reported it is a reporter.
    """
    zh, en = _title(fact)
    more_zh, more_en = _more(fact, _said(fact, audience))
    return Wording(
        title_zh=f"{zh}:{fact.item_zh}",
        title_en=f"{en}: {fact.item_en}",
        body_zh=" · ".join(part for part in (fact.place, fact.number, more_zh) if part),
        body_en=" · ".join(part for part in (fact.place, fact.number, more_en) if part),
    )


def details_of(fact: OrderFact) -> Details:
    """What a fact is about, in parts."""
    zh, en = _title(fact)
    return Details(
        number=fact.number,
        item_zh=fact.item_zh,
        item_en=fact.item_en,
        place=fact.place,
        stage_zh=zh,
        stage_en=en,
        due_by=_due_by(fact),
        respond_by=getattr(fact, "respond_by", None),
    )


def say_suspected(fact: PlateSuspected, label: str) -> Wording:
    """The words for a plate that somebody should look at: which one, where, and why."""
    code = codes.grouped(fact.code)
    return Wording(
        title_zh=f"请查看门牌码:{label}",
        title_en=f"Please look at the plate: {label}",
        body_zh=f"{code} · 有 {fact.far_scans} 次扫码在约 {fact.distance_m:.0f} 米以外,可能被复制或移走",
        body_en=f"{code} · scanned {counted(fact.far_scans, 'time', 'times')} about {fact.distance_m:.0f} m away, "
        "perhaps copied or moved",
        path=f"/codes/{fact.code}",
    )


def say_missed(fact: StopsMissed) -> Wording:
    """The words for stops of a day that nobody visited: how many, on which routes."""
    day, routes = f"{fact.due_on:%m-%d}", "、".join(fact.routes[:_ROUTES_NAMED])
    more_zh, more_en = ("", "") if len(fact.routes) <= _ROUTES_NAMED else ("等", " …")
    return Wording(
        title_zh=f"漏巡:{day} 有 {fact.missed} 个点位未巡查",
        title_en=f"Missed on {day}: {counted(fact.missed, 'stop', 'stops')} that nobody visited",
        body_zh=f"{routes}{more_zh} · 共 {fact.stops} 个点位",
        body_en=f"{routes}{more_en} · of {counted(fact.stops, 'stop', 'stops')}",
        path=f"/patrols?day={fact.due_on}" if len(fact.routes) > 1 else f"/patrols/{fact.subject_id}",
    )


def _due_by(fact: OrderFact) -> datetime | None:
    """The deadline that the message is about, if it is about one."""
    return getattr(fact, "due_by", None) or getattr(fact, "resolve_by", None) or getattr(fact, "confirm_by", None)


def _title(fact: OrderFact) -> tuple[str, str]:
    if isinstance(fact, facts.OrderEscalated):
        return _escalated(fact)
    if isinstance(fact, facts.OrderClockChanged) and fact.raised_to:
        return f"已提级为 {fact.raised_to}", f"Raised to {fact.raised_to}"
    return TITLES[type(fact)]


def _escalated(fact: facts.OrderEscalated) -> tuple[str, str]:
    zh, en = STAGES[fact.stage]
    if fact.percent < 100:
        return f"{zh}时限已用 {fact.percent}%", f"{fact.percent}% of the time to {en} is gone"
    if fact.percent == 100:
        return f"{zh}超时", f"Too late to {en} in time"
    return f"{zh}超时,已达时限的 {fact.percent}%", f"Late to {en}: {fact.percent}% of the limit"


def _said(fact: OrderFact, audience: Audience) -> str:
    """What people said about it. Pure facts have no words; which are for a helper, the order's page says."""
    if audience is Audience.HELPER or not may_read_words(audience, fact.words_of):
        return ""
    return getattr(fact, "reason", "") or getattr(fact, "note", "")


def _more(fact: OrderFact, said: str) -> tuple[str, str]:
    if isinstance(fact, facts.OrderEscalated):
        due = _clock(fact.due_by) if fact.due_by else ""
        return f"时限 {due}", f"due {due}"
    if isinstance(fact, facts.OrderDispatched | facts.OfferEnded):
        respond, resolve = _clock(fact.respond_by), _clock(fact.resolve_by)
        return f"{respond} 前接单,{resolve} 前处置", f"accept by {respond}, resolve by {resolve}"
    if isinstance(fact, facts.ConfirmationAsked) and fact.confirm_by:
        until = _clock(fact.confirm_by)
        return f"{until} 前", f"by {until}"
    if isinstance(fact, facts.RequestDecided):
        zh, en = ("同意", "granted") if fact.is_granted else ("不同意", "refused")
        return f"{zh} {said}".strip(), f"{en} {said}".strip()
    if isinstance(fact, facts.OrderMerged):
        return f"并入 {fact.into_number} {said}".strip(), f"goes on as {fact.into_number} {said}".strip()
    if isinstance(fact, facts.OrderTookIn):
        return fact.number_taken, fact.number_taken
    if isinstance(fact, facts.OrderLetGo):
        return fact.number_freed, fact.number_freed
    if isinstance(fact, facts.ArrivalAppealed):
        return _appealed(fact, said)
    return said, said


def _appealed(fact: facts.ArrivalAppealed, said: str) -> tuple[str, str]:
    if fact.distance_m is None:
        return f"无定位 {said}", f"no position {said}"
    return f"距现场 {fact.distance_m:.0f} 米 {said}", f"{fact.distance_m:.0f} m away {said}"


def _clock(at: datetime) -> str:
    return at.astimezone(_SHANGHAI).strftime("%m-%d %H:%M")
