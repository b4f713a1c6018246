"""Closing by comparison: whether the photos of before and after show one place where the thing is gone.

Formed before the order is locked, since decoding takes its time, and written down with the finish. Where a town has not
switched it on nothing is compared; where it has, `checks` says what may follow.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend import db, logs
from backend.errors import AppError
from backend.orders.model.inputs import Finish
from backend.orders.verifying.checks import Comparison, Sampling
from media import queries as photos
from media import scenes
from media import service as media
from media.scenes import SceneJudgement
from media.structs import PhotoRole, PhotoSubject, SubjectKind

log = logs.get_logger()
NOT_COMPARED = "not_compared"
"""There was no photo of before or of after, or trouble with the decoder."""
_BEFORE_MOST, _AFTER_MOST = 2, 2
_STEPS = "SELECT id FROM order_step WHERE order_id = $1"


def may_pass(sampling: Sampling) -> bool:
    """Whether the town accepts the error that the model was measured to have: the upper bound of its worst label."""
    accepted = sampling.accepted_error
    return accepted is not None and scenes.model().false_gone_max <= accepted


async def compare(order_id: int, result: Finish, now: datetime, sampling: Sampling) -> Comparison | None:
    """The comparison of a finish that is about to be told; None where the town has nothing compared.

    Of several pairs one that is gone counts only if none shows the thing unchanged.
    """
    if sampling.accepted_error is None:
        return None
    is_passing = may_pass(sampling)
    steps = [PhotoSubject(SubjectKind.ORDER_STEP, row["id"]) for row in await db.fetch(_STEPS, order_id)]
    shown = [
        each for each in await photos.list_attached(steps, now) if each.role in (PhotoRole.REPORT, PhotoRole.BEFORE)
    ]
    shown.sort(key=lambda each: each.role is PhotoRole.BEFORE)
    before = [(each.id, each.role) for each in shown[:_BEFORE_MOST]]
    before += [(photo_id, PhotoRole.BEFORE) for photo_id in result.before_photo_ids[: _BEFORE_MOST - len(before)]]
    found = [
        each
        for photo_id, role in before
        for after_id in result.photo_ids[:_AFTER_MOST]
        if (each := await _compare(photo_id, role, after_id, is_passing=is_passing)) is not None
    ]
    return _best(found) or _nothing_compared(is_passing=is_passing)


async def _compare(before_id: UUID, role: PhotoRole, after_id: UUID, *, is_passing: bool) -> Comparison | None:
    """Trouble is no reason to hold up whoever has finished: then nobody has compared."""
    try:
        judged = await media.compare_scenes(before_id, after_id)
    except AppError as error:
        log.warning("comparison_failed", code=error.code)
        return None
    return _as_comparison(judged, before_id, role, after_id, is_passing=is_passing)


def _as_comparison(
    judged: SceneJudgement, before_id: UUID, role: PhotoRole, after_id: UUID, *, is_passing: bool
) -> Comparison:
    return Comparison(
        is_gone=judged.is_gone,
        reason=judged.reason.value,
        score=judged.score,
        model=judged.model,
        before_id=before_id,
        is_reported=role is PhotoRole.REPORT,
        after_id=after_id,
        is_passing=is_passing,
    )


def _nothing_compared(*, is_passing: bool) -> Comparison:
    version = scenes.model().version
    return Comparison(is_gone=False, reason=NOT_COMPARED, score=0.0, model=version, is_passing=is_passing)


def _best(found: Sequence[Comparison]) -> Comparison | None:
    unchanged = [each for each in found if each.reason == scenes.SceneReason.UNCHANGED]
    return next(iter(unchanged), None) or max(found, key=lambda each: each.score, default=None)
