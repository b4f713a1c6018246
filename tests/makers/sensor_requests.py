"""One valid request for each operation about sensors: a device of the town, and the source that it belongs to."""

from itertools import count
from typing import Any

from backend import db
from backend.accounts.structs import Actor
from backend.intake.sources.structs import Source
from tests.makers.move_requests import Request
from tests.makers.sensors import make_sensor_source, make_sensors

_numbers = count(1)


async def a_sensor(world: Any) -> tuple[Source, int]:
    source, number = await make_sensor_source(world.now), f"device-{next(_numbers)}"
    await make_sensors(source, world.town.place_id, world.now, number)
    return source, await db.fetchval("SELECT id FROM sensor WHERE device_no = $1", number)


async def one(world: Any, _asker: Actor | None) -> Request:
    return {"path": {"sensor_id": (await a_sensor(world))[1]}}


async def switch(world: Any, _asker: Actor | None) -> Request:
    return {"path": {"sensor_id": (await a_sensor(world))[1]}, "json": {"is_on": False}}


async def of_source(world: Any, _asker: Actor | None) -> Request:
    return {"query": {"source": (await make_sensor_source(world.now)).name}}


async def register(world: Any, _asker: Actor | None) -> Request:
    sensor = {"device_no": f"device-{next(_numbers)}", "kind": "gas", "place_id": world.town.place_id}
    return {"json": {"source": (await make_sensor_source(world.now)).name, "sensor": sensor}}


async def load(world: Any, _asker: Actor | None) -> Request:
    source = await make_sensor_source(world.now)
    return {"json": {"source": source.name, "csv": "device_no,kind,lng,lat\nd-1,smoke,121.5537,31.1786\n"}}


async def nothing(_world: Any, _asker: Actor | None) -> Request:
    return {}


REQUESTS = {
    "list_sensors": nothing,
    "get_sensor_figures": nothing,
    "get_sensor": one,
    "register_sensor": register,
    "import_sensors": load,
    "switch_sensor": switch,
    "list_unknown_sensors": of_source,
    "list_sensor_days": of_source,
}
