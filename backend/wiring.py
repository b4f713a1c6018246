"""The one page: when this happened, these react; this job, this function; this hour, that function.

A reaction gets the recorded fact and runs as a job of its own with its own retries, at least once.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from backend.accounts import events as people
from backend.accounts import jobs as account_jobs
from backend.calendars import events as calendars
from backend.calendars import jobs as calendar_jobs
from backend.duty import jobs as duty_jobs
from backend.events import delivery
from backend.events.facts import Fact, Recorded
from backend.items import events as dictionary
from backend.jobs import queue
from backend.jobs.runner import Handler, Timed
from backend.orders import jobs as order_jobs
from backend.orders import reactions as trunk
from backend.orders.model import events as orders
from backend.quotas import service as quotas
from media import jobs as photo_jobs
from media.service.expiry import Retention
from push import reactions as push
from qr import events as plates

Reaction = Callable[[Recorded], Awaitable[None]]

WHEN: dict[type[Fact], tuple[Reaction, ...]] = {
    orders.OrderDispatched: (push.tell_unit, push.tell_supervisor, trunk.look_for_root_cause),
    orders.OrderAccepted: (push.tell_reporter, push.tell_supervisor),
    orders.HandlerArrived: (push.tell_reporter, push.tell_supervisor),
    orders.ArrivalAppealed: (push.tell_desk,),
    orders.OrderMadeSafe: (push.tell_supervisor,),
    orders.OrderFinished: (push.tell_verifiers, push.tell_supervisor),
    orders.ConfirmationAsked: (push.tell_opener, push.tell_supervisor),
    orders.OrderPassedOnce: (push.tell_verifiers,),
    orders.OrderSentBack: (push.tell_handler, push.tell_supervisor),
    orders.OrderClosed: (push.tell_reporter, push.tell_handler, push.tell_supervisor),
    orders.OrderRated: (push.tell_supervisor,),
    orders.OrderReturned: (push.tell_unit, push.tell_desk, push.tell_supervisor),
    orders.OrderPassedOn: (push.tell_unit, push.tell_desk, push.tell_supervisor),
    orders.OrderHandedOver: (push.tell_unit, push.tell_desk, push.tell_supervisor),
    orders.OrderRezoned: (push.tell_unit, push.tell_desk, push.tell_supervisor),
    orders.OrderReassigned: (push.tell_unit, push.tell_supervisor),
    orders.RequestAsked: (push.tell_desk, push.tell_supervisor),
    orders.RequestDecided: (push.tell_handler,),
    orders.OrderResumed: (push.tell_handler, push.tell_supervisor),
    orders.OrderUrged: (push.tell_handler,),
    orders.OrderSupervised: (push.tell_handler,),
    orders.OrderCancelled: (push.tell_reporter, push.tell_handler, push.tell_supervisor),
    orders.OrderReopened: (push.tell_unit, push.tell_desk, push.tell_supervisor),
    orders.OrderObjected: (push.tell_desk, push.tell_supervisor),
    orders.OrderJoined: (push.tell_supervisor,),
    orders.OrderMerged: (push.tell_reporter, push.tell_handler, push.tell_supervisor),
    orders.OrderUnmerged: (push.tell_reporter, push.tell_handler, push.tell_supervisor),
    orders.OrderTookIn: (push.tell_handler, push.tell_supervisor),
    orders.OrderLetGo: (push.tell_handler, push.tell_supervisor),
    orders.OrderEscalated: (push.tell_escalated,),
    orders.OrderClockChanged: (push.tell_handler,),
    people.StaffLeft: (trunk.hand_over,),
    orders.LimitsChanged: (trunk.count_items_anew,),
    dictionary.ItemLimitsChanged: (trunk.count_items_anew,),
    calendars.CalendarChanged: (trunk.count_anew,),
    calendars.WeatherChanged: (trunk.count_anew,),
    plates.PlateSuspected: (push.tell_inspectors,),
}


def name_of(reaction: Reaction) -> str:
    """The job name of a reaction: `push.tell_unit`."""
    return f"{reaction.__module__.removesuffix('.reactions')}.{reaction.__name__}"


REACTIONS: dict[str, list[str]] = {
    kind.name(): [name_of(reaction) for reaction in reactions] for kind, reactions in WHEN.items()
}
"""Fact name → job names, as the delivery needs it."""

FUNCTIONS: dict[str, Reaction] = {name_of(reaction): reaction for reactions in WHEN.values() for reaction in reactions}


def handlers(now: Callable[[], datetime]) -> dict[str, Handler]:
    """Every job that is enqueued by name: the delivery of facts, the reactions to them, and what rooms ask for."""
    return delivery.handlers(REACTIONS, FUNCTIONS) | photo_jobs.JOBS | order_jobs.enqueued(now)


async def at_start(now: datetime) -> None:
    """What a worker does before its first job."""
    await calendar_jobs.warn_of_gap(now)


def timed(
    retention: Retention, fixes_for: timedelta, job_log_for: timedelta, now: Callable[[], datetime]
) -> dict[str, Timed]:
    """The jobs that the clock starts. Cron in UTC: 18:30 is 02:30 in Shanghai, when the street sleeps."""

    async def prune_job_log() -> None:
        await queue.prune_log(now() - job_log_for)

    return {
        "media.hash_earlier": Timed("*/5 * * * *", photo_jobs.hash_earlier),
        "jobs.prune_log": Timed("17 * * * *", prune_job_log),
        "accounts.keep_house": Timed("10 18 * * *", lambda: account_jobs.keep_house(now())),
        "quotas.prune": Timed("*/10 * * * *", lambda: quotas.prune(now())),
        "media.keep_house": Timed("30 18 * * *", lambda: photo_jobs.apply_retention(retention, now())),
        "media.finish_uploads": Timed("* * * * *", lambda: photo_jobs.finish_uploads(now())),
        "calendars.warn_of_gap": Timed("40 18 * * *", lambda: calendar_jobs.warn_of_gap(now())),
        **duty_jobs.timed(now),
        **order_jobs.timed(fixes_for, now),
    }
