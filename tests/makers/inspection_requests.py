"""One valid request for each operation on inspections: of a shop of the town that nobody else uses."""

from typing import Any
from uuid import uuid4

from backend import db
from backend.accounts.structs import Actor, Role
from shops.inspections import rectifying
from shops.inspections.states import FindingMove
from shops.inspections.structs import FindingAct
from tests.makers.accounts import make_device, make_staff
from tests.makers.inspections import inspect, make_checklist
from tests.makers.orders import make_photos
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import TOWN

_LIST = "SELECT id FROM checklist LIMIT 1"
_POINTS = "SELECT id FROM checklist_point WHERE checklist_id = $1 ORDER BY number"


async def shop(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"shop_id": await make_shop(key=str(uuid4()))}}


async def inspection(world: Any, asker: Actor | None) -> dict[str, Any]:
    """With a photo of the asker's own."""
    checklist_id, point_id, _ = await _checklist(world)
    photos = await make_photos(asker or world.town.resident)
    found = [{"point_id": point_id, "note": "过期", "photo_ids": [str(each) for each in photos]}]
    said = {"client_id": str(uuid4()), "checklist_id": checklist_id, "findings": found}
    return {**await shop(world, asker), "json": said}


async def finding(world: Any, _asker: Actor | None) -> dict[str, Any]:
    """An open one."""
    return {"path": {"finding_id": (await _found(world))[0]}}


async def answered(world: Any, _asker: Actor | None) -> dict[str, Any]:
    finding_id, owner = await _found(world)
    said = FindingAct(photo_ids=list(await make_photos(owner)))
    await rectifying.make_move(finding_id, FindingMove.ANSWER, said, owner, now=world.now)
    return {"path": {"finding_id": finding_id}, "json": {"note": "看过了"}}


async def appealed(world: Any, _asker: Actor | None) -> dict[str, Any]:
    finding_id, owner = await _found(world)
    await rectifying.make_move(finding_id, FindingMove.APPEAL, FindingAct(note="不是我店的"), owner, now=world.now)
    return {"path": {"finding_id": finding_id}, "json": {"note": "看过照片"}}


async def of_owner(world: Any, asker: Actor | None) -> dict[str, Any]:
    """What is for the shop: none of the askers is its owner."""
    photos = await make_photos(asker or world.town.resident)
    said = {"note": "已更换", "photo_ids": [str(each) for each in photos]}
    return {**await finding(world, asker), "json": said}


async def _checklist(world: Any) -> tuple[int, ...]:
    """One for all requests."""
    if (checklist_id := await db.fetchval(_LIST)) is None:
        return await make_checklist(world.now)
    return checklist_id, *[row["id"] for row in await db.fetch(_POINTS, checklist_id)]


async def _found(world: Any) -> tuple[int, Actor]:
    shop_id, owner = await make_shop(key=str(uuid4())), await make_device()
    await make_shop_person(shop_id, owner.account_id)
    inspector = await make_staff(Role.INSPECTOR, area=TOWN)
    made, _ = await inspect(shop_id, inspector, await _checklist(world), world.now, key=str(uuid4()))
    return made.finding_ids[0], owner


REQUESTS = {
    "list_checklists": shop,
    "inspect_shop": inspection,
    "list_shop_findings": shop,
    "get_finding": finding,
    "answer_finding": of_owner,
    "pass_finding": answered,
    "fail_finding": answered,
    "appeal_finding": of_owner,
    "uphold_finding": appealed,
    "strike_finding": appealed,
}
