"""This hour, that function: what the clock starts, and what a worker does before its first job."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from backend.accounts import jobs as account_jobs
from backend.calendars import jobs as calendar_jobs
from backend.campaigns import jobs as campaign_jobs
from backend.committees.patrols import jobs as patrol_jobs
from backend.duty import jobs as duty_jobs
from backend.elder_care import jobs as visit_jobs
from backend.emergencies import jobs as emergency_jobs
from backend.evaluation import jobs as evaluation_jobs
from backend.indicators import jobs as indicator_jobs
from backend.intake import jobs as intake_jobs
from backend.intake.items import jobs as item_jobs
from backend.jobs import queue
from backend.jobs.runner import Timed
from backend.lifts import jobs as lift_jobs
from backend.maps import jobs as map_jobs
from backend.orders import jobs as order_jobs
from backend.partitions import jobs as partition_jobs
from backend.public_opinion import jobs as opinion_jobs
from backend.quotas import service as quotas
from backend.reports import jobs as report_jobs
from grab_orders.offers import jobs as offer_jobs
from grab_orders.people import jobs as volunteer_jobs
from media import jobs as photo_jobs
from media.service.expiry import Retention
from push import jobs as push_jobs
from shops.grades import jobs as grade_jobs
from shops.inspections import jobs as inspection_jobs
from shops.pickup import jobs as pickup_jobs
from shops.public import jobs as kitchen_jobs


async def at_start(now: datetime) -> None:
    """What a worker does before its first job."""
    await calendar_jobs.warn_of_gap(now)
    await partition_jobs.make_ahead(now)


class Keeping(NamedTuple):
    """For how long what is kept."""

    photos: Retention
    fixes: timedelta
    job_log: timedelta
    messages: timedelta
    volunteers: timedelta = timedelta(days=90)
    corrections: timedelta = timedelta(days=365)


def timed(keeping: Keeping, now: Callable[[], datetime]) -> dict[str, Timed]:
    """The jobs that the clock starts. Cron in UTC: 18:30 is 02:30 in Shanghai, when the street sleeps."""

    async def prune_job_log() -> None:
        await queue.prune_log(now() - keeping.job_log)

    return {
        "media.hash_earlier": Timed("*/5 * * * *", photo_jobs.hash_earlier),
        "jobs.prune_log": Timed("17 * * * *", prune_job_log),
        "accounts.prune": Timed("10 18 * * *", lambda: account_jobs.prune(now())),
        **report_jobs.timed(now),
        "push.prune": Timed("20 18 * * *", lambda: push_jobs.prune(keeping.messages, now())),
        "quotas.prune": Timed("*/10 * * * *", lambda: quotas.prune(now())),
        "media.apply_retention": Timed("30 18 * * *", lambda: photo_jobs.apply_retention(keeping.photos, now())),
        "media.finish_uploads": Timed("* * * * *", lambda: photo_jobs.finish_uploads(now())),
        "partitions.make_ahead": Timed("55 18 * * *", lambda: partition_jobs.make_ahead(now())),
        "calendars.warn_of_gap": Timed("40 18 * * *", lambda: calendar_jobs.warn_of_gap(now())),
        **duty_jobs.timed(now),
        **order_jobs.timed(keeping.fixes, now),
        **offer_jobs.timed(now),
        "volunteers.clear_sealed": Timed("50 18 * * *", lambda: volunteer_jobs.clear_sealed(now(), keeping.volunteers)),
        "intake.forget_corrections": Timed("15 18 * * *", lambda: item_jobs.forget(now(), keeping.corrections)),
        **patrol_jobs.timed(now),
        **campaign_jobs.timed(now),
        **pickup_jobs.timed(now),
        **inspection_jobs.timed(now),
        **grade_jobs.timed(now),
        **kitchen_jobs.timed(now),
        **intake_jobs.timed(now),
        **emergency_jobs.timed(now),
        **indicator_jobs.timed(now),
        **evaluation_jobs.timed(now),
        **lift_jobs.timed(now),
        **map_jobs.timed(),
        **visit_jobs.timed(now),
        **opinion_jobs.timed(now),
    }
