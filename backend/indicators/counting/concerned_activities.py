"""Which patrols, inspections and findings facts are about."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from backend import db
from backend.committees.patrols import events as patrols
from backend.events.facts import Fact, Recorded
from backend.indicators.measures import ActivityKind
from shops.inspections import events as inspections

OF_PATROLS: tuple[type[Fact], ...] = (
    *(patrols.PatrolsPlanned, patrols.PatrolClaimed, patrols.PatrolHandedBack, patrols.PatrolProgressed),
    *(patrols.PatrolFinished, patrols.StopsMissed),
)
OF_FINDINGS: tuple[type[Fact], ...] = tuple(inspections.FindingFact.__subclasses__())
OF_INSPECTIONS: tuple[type[Fact], ...] = (inspections.InspectionMade,)
SUBJECTS = tuple({kind.subject for kind in (*OF_PATROLS, *OF_FINDINGS, *OF_INSPECTIONS)})
_PATROLS_OF = """
    SELECT DISTINCT p.id FROM unnest($1::text[], $2::date[]) AS said (committee_code, due_on)
    JOIN patrol_task p ON p.due_on = said.due_on AND p.committee_code = said.committee_code
"""
_INSPECTIONS_OF = "SELECT DISTINCT inspection_id AS id FROM inspection_finding WHERE id = ANY($1::bigint[])"


class _DueOn(msgspec.Struct):
    due_on: date


async def activities_of(recorded: Sequence[Recorded]) -> Mapping[ActivityKind, list[int]]:
    """Each once: all patrols of the committee and day, the finding with its inspection, the inspection itself."""
    days = {(each.area_code, _due_on(each)) for each in _named(recorded, OF_PATROLS)}
    findings = list({each.subject_id for each in _named(recorded, OF_FINDINGS)})
    made = {each.subject_id for each in _named(recorded, OF_INSPECTIONS)}
    of_findings = await _ids(_INSPECTIONS_OF, findings) if findings else []
    walked = await _ids(_PATROLS_OF, [code for code, _ in days], [day for _, day in days]) if days else []
    return {
        ActivityKind.PATROL: walked,
        ActivityKind.INSPECTION: list({*made, *of_findings}),
        ActivityKind.FINDING: findings,
    }


def _named(recorded: Sequence[Recorded], kinds: Sequence[type[Fact]]) -> list[Recorded]:
    names = {kind.name() for kind in kinds}
    return [each for each in recorded if each.name in names]


def _due_on(recorded: Recorded) -> date:
    return msgspec.json.decode(recorded.body, type=_DueOn).due_on


async def _ids(text: str, *values: list) -> list[int]:
    return [row["id"] for row in await db.fetch(text, *values)]
