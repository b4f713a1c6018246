"""Facts about orders, in the past tense. All carry the audience: area, unit, and the people concerned."""

from datetime import datetime
from typing import ClassVar

from backend.events.facts import Fact
from backend.orders.model.states import Transition


class OrderFact(Fact, frozen=True, kw_only=True):
    subject: ClassVar[str] = "order"
    number: str
    item_code: str
    item_zh: str
    item_en: str
    place: str
    handler_id: int | None = None
    opened_by_id: int | None = None
    supervisor_id: int | None = None
    follower_ids: tuple[int, ...] = ()
    """Who reported it besides the opener."""
    priority: str = ""
    is_grabbed: bool = False
    """Whether `handler_id` took it out of the pool: they are told nobody's words."""
    acted_by_id: int | None = None
    """Whoever made it happen; None for the system. Nobody is notified of an act of their own."""
    words_of: ClassVar[Transition | None] = None
    """The move whose words the fact repeats: they are told to whoever may read that move's note."""


class OrderDispatched(OrderFact, frozen=True, kw_only=True):
    respond_by: datetime
    resolve_by: datetime


class OrderOffered(OrderFact, frozen=True, kw_only=True):
    """抢单: whoever is on call may take it until `window_until`; then it goes to the unit. WGS-84."""

    respond_by: datetime
    resolve_by: datetime
    window_until: datetime
    people_needed: int
    lng: float
    lat: float


class OrderOfferedAgain(OrderOffered, frozen=True, kw_only=True):
    """Whoever took it gave it back or did not come. `reason`: a code, no words."""

    from_handler_id: int | None
    reason: str


class OrderGrabbed(OrderFact, frozen=True, kw_only=True):
    """Somebody took it out of the pool: `handler_id`."""

    arrive_by: datetime | None


class OfferEnded(OrderFact, frozen=True, kw_only=True):
    """Nobody took it: it went to the unit's duty, its pool or the centre. `reason`: a code, no words."""

    respond_by: datetime
    resolve_by: datetime
    reason: str


class OrderAccepted(OrderFact, frozen=True, kw_only=True):
    pass


class HandlerArrived(OrderFact, frozen=True, kw_only=True):
    pass


class ArrivalAppealed(OrderFact, frozen=True, kw_only=True):
    """到场申诉: the handler says to be there where neither position nor code shows it. Metres, None: no position."""

    words_of = Transition.CHECK_IN
    reason: str
    distance_m: float | None


class OrderFinished(OrderFact, frozen=True, kw_only=True):
    pass


class ConfirmationAsked(OrderFact, frozen=True, kw_only=True):
    """The work is done and waits for the word of whoever asked for it."""

    confirm_by: datetime | None


class OrderSentBack(OrderFact, frozen=True, kw_only=True):
    words_of = Transition.REWORK
    reason: str


class OrderClosed(OrderFact, frozen=True, kw_only=True):
    pass


class OrderRated(OrderFact, frozen=True, kw_only=True):
    score: int


class OrderReturned(OrderFact, frozen=True, kw_only=True):
    words_of = Transition.RETURN
    reason: str
    hop_count: int


class OrderPassedOn(OrderFact, frozen=True, kw_only=True):
    """Nobody accepted it in time: it went to the next responsible unit, or to the centre."""

    from_unit_id: int | None


class OrderHandedOver(OrderFact, frozen=True, kw_only=True):
    """Whoever had it is not there to do it any more: it went to somebody else of the unit, or to the next choice."""

    from_handler_id: int | None


class OrderRezoned(OrderFact, frozen=True, kw_only=True):
    """A border was moved: it lies in another town now, or with another unit because of it."""

    from_area: str


class OrderReassigned(OrderFact, frozen=True, kw_only=True):
    words_of = Transition.REASSIGN
    reason: str


class RequestAsked(OrderFact, frozen=True, kw_only=True):
    words_of = Transition.ASK_EXTENSION
    kind: str
    reason: str


class RequestDecided(OrderFact, frozen=True, kw_only=True):
    words_of = Transition.REFUSE
    kind: str
    is_granted: bool
    reason: str


class OrderExtended(OrderFact, frozen=True, kw_only=True):
    """Its source gave it more time: minutes on the order's own clock."""

    words_of = Transition.SOURCE_EXTEND
    reason: str
    minutes: int


class OrderResumed(OrderFact, frozen=True, kw_only=True):
    pass


class OrderMadeSafe(OrderFact, frozen=True, kw_only=True):
    pass


class OrderRecovered(OrderFact, frozen=True, kw_only=True):
    """The devices whose alarms are in it say that it is over. It goes on until somebody has looked."""


class OrderUrged(OrderFact, frozen=True, kw_only=True):
    words_of = Transition.URGE
    note: str


class OrderSupervised(OrderFact, frozen=True, kw_only=True):
    words_of = Transition.SUPERVISE
    note: str


class OrderCancelled(OrderFact, frozen=True, kw_only=True):
    words_of = Transition.CANCEL
    reason: str


class OrderReopened(OrderFact, frozen=True, kw_only=True):
    words_of = Transition.REOPEN
    reason: str


class OrderObjected(OrderFact, frozen=True, kw_only=True):
    """A later reporter says of a closed order that nothing was solved. It stays closed; the desk is to know."""

    words_of = Transition.OBJECT
    reason: str


class OrderPassedOnce(OrderFact, frozen=True, kw_only=True):
    pass


class OrderReferred(OrderFact, frozen=True, kw_only=True):
    """It was passed here; its source is asked whether the case is solved, and has the last word."""


class OrderJoined(OrderFact, frozen=True, kw_only=True):
    """Somebody else saw it too."""


class OrderMerged(OrderFact, frozen=True, kw_only=True):
    """It is one case with another order and goes on as that one."""

    words_of = Transition.MERGE
    into_number: str
    reason: str


class OrderUnmerged(OrderFact, frozen=True, kw_only=True):
    """It was no case of the other order and goes on by itself."""

    words_of = Transition.UNMERGE
    from_number: str
    reason: str


class OrderTookIn(OrderFact, frozen=True, kw_only=True):
    """Another order was merged into it."""

    number_taken: str


class OrderLetGo(OrderFact, frozen=True, kw_only=True):
    """An order that was merged into it goes on by itself."""

    number_freed: str


class OrderEscalated(OrderFact, frozen=True, kw_only=True):
    """A level of the escalation: so many percent of a stage's limit have gone by. `due_by` is the stage's deadline."""

    stage: str
    percent: int
    who: str
    door: str
    due_by: datetime | None


class OrderClockChanged(OrderFact, frozen=True, kw_only=True):
    """The calendar, the weather, a limit or an emergency changed, and a deadline or the priority with it.

    `raised_to`: the priority where it became more urgent by that.
    """

    cause: str
    raised_to: str = ""


class LimitsChanged(Fact, frozen=True, kw_only=True):
    """The minutes of an item within an area are others than before."""

    subject: ClassVar[str] = "limits"
    subject_id: int = 0
    item_code: str


class SilentOrderFact(Fact, frozen=True, kw_only=True):
    """About an order, and nobody is notified of it: pages and figures follow."""

    subject: ClassVar[str] = OrderFact.subject


class OrderCommitteeChanged(SilentOrderFact, frozen=True, kw_only=True):
    """A border was moved within its town: it lies with another committee now, and whoever has it goes on with it."""

    from_area: str


class OrderCalledBack(SilentOrderFact, frozen=True, kw_only=True):
    """回访: its reporter was called. `result`: a code, no words."""

    result: str
