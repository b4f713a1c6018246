"""When to measure: not before a worker has nothing left to do, and with one full minute within what is measured."""

import asyncio
import time

import asyncpg

from bench.parts import cpu, differences

_IDLE_LOOKS, _LOOK_EVERY_S, _IDLE_SHARE, _PATIENCE_S = 6, 0.5, 0.04, 60.0
_MINUTE_S = 60.0
_LOOK_LASTS_S = 3.0
"""What begins at a full minute is over then."""


async def idle(pid: int, connection: asyncpg.Connection) -> float:
    """Wait until a worker is idle and writes no more messages, but not for ever; returns the seconds until then."""
    began = last_busy = time.monotonic()
    used_s, written = cpu.used_s(pid), await differences.messages(connection)
    idle_looks = 0
    while idle_looks < _IDLE_LOOKS and time.monotonic() - began <= _PATIENCE_S:
        await asyncio.sleep(_LOOK_EVERY_S)
        earlier, (used_s, written) = (used_s, written), (cpu.used_s(pid), await differences.messages(connection))
        if used_s - earlier[0] > _IDLE_SHARE * _LOOK_EVERY_S or written != earlier[1]:
            last_busy, idle_looks = time.monotonic(), 0
        else:
            idle_looks += 1
    return last_busy - began


async def before_full_minute(lead_s: float) -> None:
    """Wait until a full minute is so many seconds ahead: then the worker looks for orders that are due.

    Measured around it, both builds do so once; begun at any time, one of them would and the other would not.
    """
    await asyncio.sleep(lead_to_full_minute(time.time(), lead_s))


async def between_full_minutes(seconds: float) -> None:
    """Wait, where need be, until no full minute lies within so many seconds from now."""
    await asyncio.sleep(wait_between_full_minutes(time.time(), seconds))


def lead_to_full_minute(now_s: float, lead_s: float) -> float:
    """Seconds from an instant, as Unix time, until the next one that is so long before a full minute."""
    return (-now_s - lead_s) % _MINUTE_S


def wait_between_full_minutes(now_s: float, seconds: float) -> float:
    """Seconds from an instant, as Unix time, until one after which so many pass without a full minute."""
    to_next = lead_to_full_minute(now_s, 0)
    return to_next + _LOOK_LASTS_S if to_next < seconds else 0
