"""Lines of a list become targets at once, each sealed; where they are is looked up after, most of them in a moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor
from backend.campaigns.targets import adding
from backend.campaigns.targets.structs import AddedTargets, RefusedTargetLine, SaidTarget, TargetProblem
from backend.jobs import queue
from backend.privacy.seals import Seal

PLACE_JOB = "campaigns.place_targets"
AT_ONCE = 50
"""A list no longer than this is looked up while whoever brings it waits."""


async def add_lines(
    campaign_id: int, lines: Sequence[SaidTarget], by: Actor, seal: Seal, now: datetime
) -> AddedTargets:
    """Take the lines of a list; those that it took before are left. A job looks up where they are.

    Raises TargetKindUnknown, TargetsTooMany, and what `making.lock_own` raises.
    """
    refused: list[RefusedTargetLine] = []
    added = 0
    people = {each: await accounts.find_account_id(each) for each in {line.assignee for line in lines} if each}
    async with db.transaction():
        campaign = await adding.lock_to_add(campaign_id, by, len(lines))
        await adding.require_kinds(campaign, {line.kind for line in lines})
        for line in lines:
            if line.assignee and people[line.assignee] is None:
                refused.append(RefusedTargetLine(line=line.line, why="assignee"))
                continue
            fields = _columns(line) | {"assignee_id": people.get(line.assignee), "now": now}
            added += await adding.insert(campaign, fields, line.contact, seal) is not None
        await queue.enqueue(PLACE_JOB, campaign_id, dedupe_key=f"{PLACE_JOB} {campaign_id}")
    return AddedTargets(added=added, there=len(lines) - len(refused) - added, refused=refused)


def _columns(line: SaidTarget) -> dict[str, Any]:
    return {
        "label": (line.clues.name or line.clues.words)[:200],
        "kind": line.kind,
        "said": line.clues.words,
        "clues": msgspec.json.encode(line.clues).decode(),
        "problem": TargetProblem.WAITING.value,
    }
