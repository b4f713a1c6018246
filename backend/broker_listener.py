"""The listener of the broker: a process beside web and worker that takes the readings of sensors, and nothing else."""

import asyncio
import os
import random
import signal

from backend import clock, db, logs, runtimes, sign_of_life
from backend.availability import is_passing
from backend.config import SettingMissing, Settings
from backend.events.waking import Waker
from backend.intake.sensors.mqtt.listening import Listener
from backend.intake.sensors.mqtt.settings import PREFIX, BrokerSettings
from backend.intake.sources import queries as sources
from backend.intake.sources.errors import SourceUnknown

log = logs.get_logger()

_NICE = 5
_CONNECTIONS = 3
_LOOK_AGAIN_S = 2.0


async def listen(settings: Settings, broker: BrokerSettings) -> None:
    """Take readings until SIGTERM or SIGINT. Raises SettingMissing where the broker's source is not there.

    Its commits wait for the disk, unlike the worker's: the broker forgets what has been committed.
    """
    os.nice(_NICE)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, stop.set)
    listener = Listener(broker, runtimes.sensor_pushes(settings).fields, clock.now, random.SystemRandom())
    pool = db.pool(1, _CONNECTIONS, is_patient=True)
    async with pool, runtimes.intake(settings), Waker(settings.database_url).running(), sign_of_life.given():
        await _find_source(broker, stop)
        await listener.run(stop)


async def _find_source(broker: BrokerSettings, stop: asyncio.Event) -> None:
    """Look until the database says whether the source is there."""
    while not stop.is_set():
        try:
            await sources.get_source(broker.source)
            return
        except SourceUnknown as error:
            raise SettingMissing(
                f"{PREFIX}SOURCE: there is no source {broker.source}; add one: yima sources add"
            ) from error
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("start_put_off", **logs.describe(error))
            await asyncio.sleep(_LOOK_AGAIN_S)
