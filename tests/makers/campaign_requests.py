"""One valid request for each operation about campaigns: of a running one of the town, to which inspectors go."""

from typing import Any
from uuid import uuid4

from backend import db
from backend.accounts.structs import Actor
from tests.makers.campaigns import make_running

_TASK = """
    SELECT t.id, max(f.id) AS form_id FROM campaign_task t JOIN campaign_form f USING (campaign_id)
    GROUP BY t.id ORDER BY t.id LIMIT 1
"""


async def _task(world: Any) -> tuple[int, int]:
    """One task for all requests, and its form."""
    row = await db.fetchrow(_TASK)
    if row is not None:
        return row["id"], row["form_id"]
    running = await make_running(world.town, world.now)
    return running.tasks[0], running.form_id


async def a_task(world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"task_id": (await _task(world))[0]}}


async def a_record(world: Any, _asker: Actor | None) -> dict[str, Any]:
    task_id, form_id = await _task(world)
    answers = [{"field": "met", "value": "met"}, {"field": "drains", "value": "yes"}]
    said = {"client_id": str(uuid4()), "form_id": form_id, "answers": answers}
    return {"path": {"task_id": task_id}, "json": said}


async def nothing(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {}


REQUESTS = {"list_campaign_tasks": nothing, "get_campaign_task": a_task, "file_campaign_record": a_record}
