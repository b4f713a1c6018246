"""One valid request for each operation about what other systems tell: a source of the town, and a record that waits."""

from typing import Any
from uuid import uuid4

from backend.accounts.structs import Actor
from backend.intake import runtime
from backend.intake.records import receiving
from backend.intake.structs import Clues, ReporterContact
from tests.makers.intake import make_source, told, wire
from tests.makers.move_requests import Request
from tests.makers.town import TOWN

_SETTINGS = {"title_zh": "城运平台", "title_en": "City platform", "area_code": TOWN}


async def by_source(world: Any, _asker: Actor | None) -> Request:
    """Without its key: a session is none."""
    source = await make_source(world.now)
    return {"path": {"source": source.name}, "json": {"source_no": "1"}}


async def a_record(world: Any, **more: Any) -> int:
    """One that nobody can place; the app under test has started what it takes."""
    assert runtime.current_runtime()
    source = await make_source(world.now)
    message = told("1", clues=Clues(address="哪里也不是"), contact=ReporterContact(phone="13812345678"), **more)
    return (await receiving.receive(source, message, wire(message), now=world.now)).record_id


async def of_record(world: Any, _asker: Actor | None) -> Request:
    return {"path": {"record_id": await a_record(world)}}


async def decide(world: Any, _asker: Actor | None) -> Request:
    path = {"record_id": await a_record(world)}
    return {"path": path, "json": {"item_code": "A101", "place_id": world.town.place_id}}


async def mend(world: Any, _asker: Actor | None) -> Request:
    return {"path": {"record_id": await a_record(world)}, "json": {"code": world.town.code}}


async def turn_away(world: Any, _asker: Actor | None) -> Request:
    return {"path": {"record_id": await a_record(world)}, "json": {"reason": "不在本街镇"}}


async def nothing(_world: Any, _asker: Actor | None) -> Request:
    return {}


async def add_source(_world: Any, _asker: Actor | None) -> Request:
    return {"json": {**_SETTINGS, "name": f"s-{uuid4().hex[:8]}", "kind": "system"}}


async def of_source(world: Any, _asker: Actor | None) -> Request:
    return {"path": {"source": (await make_source(world.now)).name}}


async def change_source(world: Any, asker: Actor | None) -> Request:
    return {**await of_source(world, asker), "json": _SETTINGS}


async def set_classes(world: Any, asker: Actor | None) -> Request:
    rows = [{"class_code": "1", "class_name": "单车", "item_code": "A101"}]
    return {**await of_source(world, asker), "json": {"classes": rows}}


async def set_endpoint(world: Any, asker: Actor | None) -> Request:
    return {**await of_source(world, asker), "json": {"url": "https://198.51.100.1/hooks"}}


REQUESTS = {
    "receive_message": by_source,
    "receive_messages": by_source,
    "receive_webhook": by_source,
    "list_receipts": by_source,
    "list_intake_records": nothing,
    "get_intake_record": of_record,
    "decide_intake_record": decide,
    "mend_intake_record": mend,
    "retry_intake_record": of_record,
    "turn_intake_record_away": turn_away,
    "open_intake_messages": of_record,
    "open_intake_contact": of_record,
    "list_intake_sources": nothing,
    "add_intake_source": add_source,
    "change_intake_source": change_source,
    "renew_intake_key": of_source,
    "renew_intake_secret": of_source,
    "close_intake_source": of_source,
    "list_intake_classes": of_source,
    "set_intake_classes": set_classes,
    "list_intake_figures": of_source,
    "get_webhook_endpoint": of_source,
    "set_webhook_endpoint": set_endpoint,
    "stop_webhook_endpoint": of_source,
}
