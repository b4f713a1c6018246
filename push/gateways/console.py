"""The gateway of a laptop: a line in the worker's log for each message, without its words or its address."""

from collections.abc import Sequence

from backend import logs
from push.channels import Channel
from push.gateways import Outcome, Outgoing, Result

log = logs.get_logger()


class Console:
    channel = Channel.CONSOLE
    repeats_safely = True
    batch_max = 200

    async def send(self, batch: Sequence[Outgoing]) -> list[Result]:
        for each in batch:
            log.info("message_out", kind=each.kind, order_id=each.order_id, delivery_id=each.delivery_id)
        return [Result(outcome=Outcome.SENT) for _ in batch]

    async def close(self) -> None:
        """Nothing to close."""
