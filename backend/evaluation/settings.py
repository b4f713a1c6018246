"""What a town decided about its evaluation: weights and classes of the index, days to appeal; as shipped otherwise."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

import msgspec

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.evaluation.errors import EvaluationNotYours, EvaluationSettingWrong
from backend.evaluation.matters import OF_DIMENSION
from backend.evaluation.structs import Dimension
from backend.geo.area_codes import DISTRICT_CHARS, TOWN_CHARS
from backend.items import queries as items
from backend.sql import sql
from backend.words import REASON, fitting

WHOLE, CLASSES_MOST = 100, 30
APPEAL_DAYS, APPEAL_DAYS_MOST = 14, 90
DONE, HELD, FOUND = "done_on_time_rate", "failed_verification_rate", "resident_share"
PARTS = (DONE, HELD, FOUND)
"""What an index is made of, in the order in which it is shown; of the latter two the complement counts."""
_COLUMNS = """s.area_code, s.done_weight, s.held_weight, s.found_weight, s.secure, s.orderly, s.clean, s.appeal_days,
    s.reason, s.set_at, a.display_name AS set_by"""
_FROM = f"SELECT {_COLUMNS} FROM evaluation_setting s JOIN account a ON a.id = s.set_by_id"
_LATEST = f"{_FROM} WHERE s.area_code = ANY($1::text[]) ORDER BY length(s.area_code) DESC, s.id DESC LIMIT 1"
_HISTORY = f"{_FROM} WHERE s.area_code = $1 ORDER BY s.id DESC LIMIT 50"
_INSERT = """
    INSERT INTO evaluation_setting (area_code, done_weight, held_weight, found_weight, secure, orderly, clean,
        appeal_days, reason, set_by_id, set_at)
    VALUES (:area_code, :done_weight, :held_weight, :found_weight, :secure, :orderly, :clean, :appeal_days, :reason,
        :by_id, :now)
"""


class EvaluationRules(msgspec.Struct, frozen=True, kw_only=True):
    """`weights`: percents by part; `classes`: codes of the dictionary by dimension. `area_code`: whose they are, empty
    as shipped."""

    weights: Mapping[str, int]
    classes: Mapping[Dimension, tuple[str, ...]]
    appeal_days: int = APPEAL_DAYS
    area_code: str = ""
    reason: str = ""
    set_by: str = ""
    set_at: datetime | None = None

    @property
    def all_classes(self) -> tuple[str, ...]:
        return tuple(sorted(code for codes in self.classes.values() for code in codes))


SHIPPED = EvaluationRules(weights={DONE: 50, HELD: 30, FOUND: 20}, classes=OF_DIMENSION)


async def read_rules(area_code: str) -> EvaluationRules:
    """Those of the town, else of the district, else as shipped."""
    above = [area_code[:chars] for chars in (TOWN_CHARS, DISTRICT_CHARS) if len(area_code) >= chars]
    row = await db.fetchrow(_LATEST, above)
    return _rules(dict(row)) if row else SHIPPED


async def list_history(area_code: str) -> list[EvaluationRules]:
    """What an area itself decided, the latest first."""
    return [_rules(dict(row)) for row in await db.fetch(_HISTORY, area_code)]


async def set_rules(area_code: str, draft: EvaluationRules, actor: Actor, now: datetime) -> None:
    """Decide for a town or district from now on. Raises EvaluationNotYours, EvaluationSettingWrong, WordsTooLong."""
    if len(area_code) not in (DISTRICT_CHARS, TOWN_CHARS) or not may_set(actor, area_code):
        raise EvaluationNotYours
    check(draft, await items.list_level_names())
    weights = {
        f"{name}_weight": draft.weights[code] for name, code in zip(("done", "held", "found"), PARTS, strict=True)
    }
    classes = {each.value: list(draft.classes[each]) for each in Dimension}
    said = {"appeal_days": draft.appeal_days, "reason": fitting(draft.reason, REASON, "reason")}
    row = {"area_code": area_code, **weights, **classes, **said}
    await db.execute(sql(_INSERT, **row, by_id=actor.account_id, now=now))


def may_set(actor: Actor, area_code: str) -> bool:
    return may_within(actor, Permission.SET_EVALUATION, area_code)


def check(draft: EvaluationRules, known: Collection[str]) -> None:
    """Whether it can be. `known`: the codes of the dictionary at all levels. Pure. Raises EvaluationSettingWrong."""
    weights = [draft.weights.get(code, -1) for code in PARTS]
    if min(weights) < 0 or sum(weights) != WHOLE:
        raise EvaluationSettingWrong("evaluation-setting-weights", field="weights")
    for dimension in Dimension:
        codes = draft.classes.get(dimension, ())
        if not 1 <= len(codes) <= CLASSES_MOST:
            raise EvaluationSettingWrong("evaluation-setting-classes", field=dimension.value, most=CLASSES_MOST)
        if unknown := [code for code in codes if code not in known]:
            raise EvaluationSettingWrong("evaluation-setting-unknown", field=dimension.value, item=unknown[0][:8])
    if twice := overlapping(draft.all_classes):
        raise EvaluationSettingWrong("evaluation-setting-twice", field="classes", item=twice)
    if not 1 <= draft.appeal_days <= APPEAL_DAYS_MOST:
        raise EvaluationSettingWrong("evaluation-setting-days", field="appeal_days", most=APPEAL_DAYS_MOST)
    if not draft.reason.strip():
        raise EvaluationSettingWrong("evaluation-setting-reason", field="reason")


def overlapping(codes: Sequence[str]) -> str:
    """The first of the sorted codes that lies in another or stands twice: its cases would count twice. Pure."""
    return next((later for earlier, later in pairwise(sorted(codes)) if later.startswith(earlier)), "")


def _rules(row: dict) -> EvaluationRules:
    return EvaluationRules(
        weights={DONE: row["done_weight"], HELD: row["held_weight"], FOUND: row["found_weight"]},
        classes={each: tuple(row[each.value]) for each in Dimension},
        **{name: row[name] for name in ("appeal_days", "area_code", "reason", "set_by", "set_at")},
    )
