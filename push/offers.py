"""Who is called to the pool. Gets the facts of a batch, at least once; a person finds a fact in the inbox once."""

from collections.abc import Sequence

from backend import clock
from backend.events.facts import Recorded
from grab_orders.offers.alerts import OfferAlert, list_alerts
from push import service as push
from push.channels import Recipient
from push.notices import notice
from push.offer_wording import details_of_offer, say_offered
from push.structs import Notice


async def call_to_grab(recorded: Sequence[Recorded]) -> None:
    """An offer was opened: whoever is on call there and may take it, while it is still to be had."""
    alerts = await list_alerts({each.subject_id for each in recorded}, clock.now())
    await push.notify([_notice(each, alert) for each in recorded if (alert := alerts.get(each.subject_id)) is not None])


def _notice(entry: Recorded, alert: OfferAlert) -> Notice:
    people, details = alert.account_ids, details_of_offer(alert)
    return notice(entry, people, say_offered(alert), Recipient.VOLUNTEER, priority=alert.priority, details=details)
