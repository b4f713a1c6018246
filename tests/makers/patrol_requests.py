"""One valid request for each operation about patrols: of a walk that the asker has, where the asker may walk."""

from typing import Any
from uuid import uuid4

from backend import db
from backend.accounts.structs import Actor
from backend.committees.patrols import proving, rules, walking
from tests.makers.move_requests import Request
from tests.makers.orders import make_photos
from tests.makers.patrols import Beat, make_beat, proof_at
from tests.makers.town import COMMITTEE, DOOR


async def _beat(world: Any) -> Beat:
    """A walk of today, made anew."""
    await db.execute("TRUNCATE patrol_route, task_template CASCADE")
    await db.execute("DELETE FROM place WHERE dataset = 'patrols'")
    return await make_beat(world.now)


def _walker(beat: Beat, asker: Actor | None) -> Actor:
    return asker if asker is not None and rules.may_walk(asker, COMMITTEE) else beat.volunteer


async def _claimed(world: Any, asker: Actor | None) -> Beat:
    beat = await _beat(world)
    await walking.claim(beat.task_id, _walker(beat, asker), world.now)
    return beat


async def a_patrol(world: Any, _asker: Actor | None) -> Request:
    return {"path": {"task_id": (await _beat(world)).task_id}}


async def a_claimed_patrol(world: Any, asker: Actor | None) -> Request:
    return {"path": {"task_id": (await _claimed(world, asker)).task_id}}


async def prove(world: Any, asker: Actor | None) -> Request:
    beat = await _claimed(world, asker)
    return {
        "path": {"task_id": beat.task_id, "seq": 1},
        "json": {"point": {"lng": DOOR.lng, "lat": DOOR.lat, "accuracy_m": 8}},
    }


async def finish(world: Any, asker: Actor | None) -> Request:
    beat = await _claimed(world, asker)
    await proving.prove(beat.task_id, 1, proof_at(1), _walker(beat, asker), world.now)
    return {"path": {"task_id": beat.task_id}, "json": {}}


async def report(world: Any, asker: Actor | None) -> Request:
    beat = await _claimed(world, asker)
    photos = [str(each) for each in await make_photos(_walker(beat, asker))]
    return {"path": {"task_id": beat.task_id, "seq": 1}, "json": {"photo_ids": photos, "description": uuid4().hex}}


async def nothing(_world: Any, _asker: Actor | None) -> Request:
    return {}


REQUESTS = {
    "list_patrols": nothing,
    "get_patrol": a_patrol,
    "claim_patrol": a_patrol,
    "hand_patrol_back": a_claimed_patrol,
    "finish_patrol": finish,
    "prove_patrol_stop": prove,
    "report_patrol_finding": report,
    "get_patrol_coverage": nothing,
}
