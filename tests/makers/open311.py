"""Other systems that speak Open311."""

from datetime import datetime
from typing import Any

from backend.accounts.structs import Actor
from backend.intake.open311.client import peers
from backend.intake.open311.client.structs import PeerDraft
from backend.intake.sources import classes
from backend.intake.sources.structs import ClassRow, Source, SourceKind
from tests.fakes.open311 import JURISDICTION, KEY
from tests.makers.intake import demo_seal, make_source
from tests.makers.orders import make_order


async def make_peer(now: datetime, base: str, *, form: str = "json", is_fetched: bool = True) -> Source:
    """An endpoint at this address, whose class PARK is badly parked bicycles."""
    source = await make_source(now, kind=SourceKind.OPEN311)
    await classes.set_classes(source.id, [ClassRow(class_code="PARK", class_name="Parking", item_code="A101")])
    url = f"{base}/open311/v2"
    draft = PeerDraft(source=source.name, url=url, jurisdiction_id=JURISDICTION, form=form, is_fetched=is_fetched)
    await peers.set_peer(draft, KEY, demo_seal(), now)
    return source


async def send_on(world: Any, asker: Actor | None) -> dict[str, Any]:
    order_id = (await make_order(world.town, world.now)).receipt.order_id
    source = await make_peer(world.now, "http://127.0.0.1:9", is_fetched=False)
    return {"path": {"order_id": order_id}, "json": {"peer": source.name, "words": "转办"}}


async def an_order(world: Any, asker: Actor | None) -> dict[str, Any]:
    return {"path": {"order_id": (await make_order(world.town, world.now)).receipt.order_id}}


REQUESTS = {"send_order_on": send_on, "list_sent_requests": an_order}
