"""The link into the mini-program that goes with a text message, where the town has a template for it."""

import asyncio
from typing import Protocol

from backend import logs
from push.gateways import Outgoing
from push.gateways.sms.variables import ending_of

_PATIENCE_S = 3.0
"""A text message is urgent: it goes out without a link rather than late."""

log = logs.get_logger()


class Links(Protocol):
    """Makes links at a vendor. What it raises is an Exception: the message goes out without one."""

    async def link_to(self, message: Outgoing) -> str: ...

    async def close(self) -> None: ...


async def ending_for(links: Links, message: Outgoing, most: int) -> str:
    """What the link of this message ends in, at most so long; empty where none could be made in time."""
    try:
        async with asyncio.timeout(_PATIENCE_S):
            link = await links.link_to(message)
    except Exception as error:
        log.warning("sms_without_link", **logs.describe(error))
        return ""
    ending = ending_of(link, most)
    if not ending:
        log.warning("sms_without_link", code="unfit")
    return ending
