"""Prove a stop: by the code of its place, or by a position there. With the last stop the walk is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.committees.patrols import ending, rules, tasks, walking
from backend.committees.patrols.errors import PatrolNotFound, PatrolOver, ProofEmpty
from backend.committees.patrols.structs import PatrolProgress, StopProof, TaskState
from backend.committees.patrols.tasks import PatrolRow
from backend.geo.lonlat import LonLat
from backend.orders.arrivals import grades
from backend.orders.arrivals.errors import FixTooVague, TooFarAway, WrongCode
from backend.orders.arrivals.grades import ArrivalProof, Method, TimedFix
from backend.orders.model import rules as arrivals
from backend.sql import sql
from qr import queries as qr
from qr import runtime as code_runtime

_HERE = "ST_SetSRID(ST_MakePoint(:lng::float8, :lat::float8), 4326)::geography"
_STOP = f"""
    SELECT s.id, s.place_id, s.proved_at,
           CASE WHEN :lng::float8 IS NOT NULL
                THEN least(ST_Distance(p.loc, {_HERE}), ST_Distance(p.outline::geography, {_HERE})) END AS distance_m
    FROM patrol_stop s JOIN place p ON p.id = s.place_id WHERE s.task_id = :task_id AND s.seq = :seq
"""
# A place that was visited is a sighting: whoever was there is not at the other end of the town a second later.
_VISITED = """
    SELECT ST_X(p.loc::geometry) AS lng, ST_Y(p.loc::geometry) AS lat, s.proved_at
    FROM patrol_stop s JOIN place p ON p.id = s.place_id WHERE s.task_id = $1 AND s.proved_by_id = $2
"""
_PROVE = """
    UPDATE patrol_stop
    SET proved_at = :at, proved_by_id = :account_id, received_at = :now, method = :method, distance_m = :distance_m,
        accuracy_m = :accuracy_m, grade = :grade, doubts = :doubts, is_missed = false
    WHERE id = :stop_id AND proved_at IS NULL
"""


class _Stop(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    place_id: int
    proved_at: datetime | None
    distance_m: float | None


async def prove(task_id: int, seq: int, said: StopProof, actor: Actor, now: datetime) -> PatrolProgress:
    """Take down that the walker was there. A stop that is proved stays as it is, whoever sends what again.

    Raises PatrolNotFound, PatrolNotYours, PatrolOver, ProofEmpty, WrongCode, TooFarAway, FixTooVague,
    CapturedTooEarly, CapturedTooLongAgo.
    """
    if said.point is None and said.code is None:
        raise ProofEmpty
    async with db.transaction():
        task = await tasks.lock_own(task_id, actor)
        stop = await _stop(task, seq, said)
        if stop.proved_at is None:
            if task.state is TaskState.FINISHED:
                raise PatrolOver
            await _keep(task, stop, said, actor, now)
        return await tasks.get_progress(task_id)


async def _stop(task: PatrolRow, seq: int, said: StopProof) -> _Stop:
    point = said.point.wgs84() if said.point else None
    lng, lat = (point.lng, point.lat) if point else (None, None)
    row = await db.fetchrow(sql(_STOP, task_id=task.id, seq=seq, lng=lng, lat=lat))
    if row is None:
        raise PatrolNotFound
    return msgspec.convert(dict(row), _Stop)


async def _keep(task: PatrolRow, stop: _Stop, said: StopProof, actor: Actor, now: datetime) -> None:
    at = walking.instant_of(task, said.captured_at, now)
    proof = await _proof(task, stop, said, actor, now)
    doubts = grades.list_doubts(proof)
    proved: dict[str, Any] = {
        "stop_id": stop.id,
        "at": at,
        "account_id": actor.account_id,
        "now": now,
        "method": proof.method.value,
        "distance_m": stop.distance_m,
        "accuracy_m": said.point.accuracy_m if said.point else None,
        "grade": grades.grade_of(proof.method, doubts).value,
        "doubts": [doubt.value for doubt in doubts],
    }
    await db.execute(sql(_PROVE, **proved))
    await ending.note_progress(task, actor.account_id)
    left = await tasks.get_progress(task.id)
    if left.proved == left.stops:
        await ending.end(task, at)


async def _proof(task: PatrolRow, stop: _Stop, said: StopProof, actor: Actor, now: datetime) -> ArrivalProof:
    assert task.claimed_at is not None
    timing = grades.timing_of(said.captured_at, task.claimed_at, now)
    method = await _method(stop, said)
    return ArrivalProof(
        method=method,
        timing=timing,
        fix=said.point,
        distance_m=stop.distance_m,
        is_fresh=method is Method.CODE and code_runtime.is_fresh(said.code, said.nonce, timing.at),
        others=await _visited(task, actor),
    )


async def _method(stop: _Stop, said: StopProof) -> Method:
    """The stronger means that holds, by the rules of arrivals at orders."""
    if said.code is not None:
        resolved = await qr.resolve(said.code)
        if resolved.place is None or resolved.place.id != stop.place_id:
            raise WrongCode
        return Method.CODE
    assert said.point is not None and stop.distance_m is not None
    if arrivals.is_on_site(stop.distance_m, said.point.accuracy_m, rules.RADIUS_M):
        return Method.GPS
    accuracy_m = said.point.accuracy_m or 0.0
    if accuracy_m > arrivals.MAX_ACCURACY_M:
        raise FixTooVague(
            accuracy_m=accuracy_m,
            limit_m=arrivals.MAX_ACCURACY_M,
            distance_m=stop.distance_m,
            radius_m=rules.RADIUS_M,
        )
    raise TooFarAway(distance_m=stop.distance_m, accuracy_m=accuracy_m, radius_m=rules.RADIUS_M)


async def _visited(task: PatrolRow, actor: Actor) -> Sequence[TimedFix]:
    """Where the walker was on this walk: at places that are proved, as near as a proof must be."""
    return [
        TimedFix(LonLat(row["lng"], row["lat"]), rules.RADIUS_M, row["proved_at"])
        for row in await db.fetch(_VISITED, task.id, actor.account_id)
    ]
