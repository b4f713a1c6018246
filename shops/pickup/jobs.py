"""What the clock starts for pickups. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.jobs.runner import Timed
from shops.pickup.bookings import confirming, missed
from shops.pickup.payments import paying
from shops.pickup.recurring import service as recurring
from shops.pickup.slots import holds, making

_EACH_MINUTE = "* * * * *"


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs by name, cron in UTC."""

    async def release_holds() -> None:
        while await holds.release_expired(now()):
            pass

    async def make_slots() -> None:
        await making.make_ahead(now())
        await recurring.book_ahead(now())

    async def replan_missed() -> None:
        await missed.replan(now())

    async def confirm_silent() -> None:
        await confirming.confirm_silent(now())

    async def look_up_payments() -> None:
        await paying.look_up(now())

    return {
        "pickup.release_holds": Timed(_EACH_MINUTE, release_holds),
        "pickup.make_slots": Timed("*/15 * * * *", make_slots),
        "pickup.replan_missed": Timed("*/5 * * * *", replan_missed),
        "pickup.confirm_silent": Timed("*/10 * * * *", confirm_silent),
        "pickup.look_up_payments": Timed("*/5 * * * *", look_up_payments),
    }
