"""A vendor at the edge of the product: takes what a gateway would send, and answers as the test says."""

from collections.abc import Callable, Sequence

from backend import db
from push.channels import Channel
from push.gateways import Outcome, Outgoing, Result, switches
from push.sending.sender import Sender

Answer = Callable[[Outgoing], Result]


def taken(_: Outgoing) -> Result:
    return Result(outcome=Outcome.SENT, vendor_id="v1")


class Vendor:
    """Takes everything unless the test says otherwise; `shown` is what a person has seen on the phone."""

    def __init__(self, channel: Channel, *, repeats_safely: bool = True, answer: Answer = taken) -> None:
        self.channel, self.repeats_safely, self.answer = channel, repeats_safely, answer
        self.batch_max = 50
        self.shown: list[Outgoing] = []
        self.asked = 0

    async def send(self, batch: Sequence[Outgoing]) -> list[Result]:
        results = []
        for each in batch:
            self.asked += 1
            results.append(self.answer(each))
            if results[-1].outcome in (Outcome.SENT, Outcome.UNKNOWN):
                self.shown.append(each)
        return results

    async def close(self) -> None:
        pass


async def switch_on(*channels: Channel) -> None:
    await switches.switch(channels)


async def link(account_id: int, vendor: str, subject: str = "") -> None:
    """Let this person be known at WeChat or WeCom."""
    await db.execute(
        "INSERT INTO external_identity (account_id, vendor, subject, linked_at) VALUES ($1, $2, $3, now())",
        account_id,
        vendor,
        subject or f"{vendor}-{account_id}",
    )


async def send_all(vendor: Vendor, now) -> int:
    """Send all that is due at this instant. Returns how many deliveries were dealt with."""
    sender, done = Sender(vendor, "https://yima.example", lambda: now), 0
    while dealt := await sender.send_once():
        done += dealt
    return done


async def deliveries() -> list[tuple[str, str, str]]:
    """Channel, state and outcome of every delivery, in the order of the ways."""
    rows = await db.fetch(
        "SELECT channel, state, outcome FROM message_delivery ORDER BY message_id, stage, position, id"
    )
    return [tuple(row) for row in rows]
