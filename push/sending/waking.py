"""The wake-up within a process: messages were written, so look now and not at the next poll."""

import asyncio

_sleeping: set[asyncio.Event] = set()


def wake() -> None:
    """Wake the loops of this process that send. Neither waits nor raises."""
    for event in _sleeping:
        event.set()


def listen() -> asyncio.Event:
    """An event that is set at each wake-up, until `forget`."""
    event = asyncio.Event()
    _sleeping.add(event)
    return event


def forget(event: asyncio.Event) -> None:
    _sleeping.discard(event)
