"""Photos of an order that came up before: the same or a similar picture as its before photo or in another order."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

import msgspec

from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.orders.reads import by_steps
from backend.orders.reads.by_steps import OrderOfStep
from backend.orders.reads.evidence import may_handle_evidence
from backend.orders.reads.views import OrderDetail, OrderPhoto
from media import queries as media_reads
from media.structs import Alike, PhotoRole, SubjectKind


class SimilarPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """One suspicious pair. Decides nothing: a person looks at both."""

    photo: OrderPhoto
    is_same: bool
    other_role: PhotoRole
    other_thumb_url: str | None
    """None where it only looks alike and its order is not told to the reader as to staff."""
    is_elsewhere: bool
    """The other photo belongs to another order."""
    order_id: int | None
    number: str | None
    """Of the other order, within the reader's scope only."""


async def list_similar_photos(
    order: OrderDetail, shown: Sequence[OrderPhoto], actor: Actor, now: datetime
) -> list[SimilarPhoto]:
    """The pairs that a verifier should see, nearest first; nothing for those who verify nothing here."""
    photos = {photo.id: photo for photo in shown}
    if not photos or not may_handle_evidence(order, actor, Permission.REDACT_PHOTOS):
        return []
    found, orders = await _find(list(photos), actor, now)
    own = {order.id, *(part.id for part in order.merged)}
    likes = (_like(photos[alike.photo_id], alike, orders.get(alike.other_subject.id), own) for alike in found)
    return list(chain.from_iterable(likes))


async def list_alike(photo_id: UUID, actor: Actor, now: datetime) -> list[Alike]:
    """Photos that are, or look like, this one. Whether the actor may ask of this one is for the caller."""
    found, _ = await _find([photo_id], actor, now)
    return found


async def _find(
    photo_ids: Sequence[UUID], actor: Actor, now: datetime
) -> tuple[list[Alike], Mapping[int, OrderOfStep]]:
    """The alike, with pictures only where the reader may see them, and by step the orders of those of orders."""
    found = await media_reads.list_alike(photo_ids, now)
    step_ids = {alike.other_subject.id for alike in found if alike.other_subject.kind is SubjectKind.ORDER_STEP}
    orders = {of.step_id: of for of in await by_steps.list_of_steps(list(step_ids), actor)}
    return [_shown(alike, orders.get(alike.other_subject.id)) for alike in found], orders


def _shown(alike: Alike, other: OrderOfStep | None) -> Alike:
    """The very same file tells nothing that the reader does not hold; another picture is its order's."""
    may_see = alike.is_same_file or (other is not None and other.is_staff)
    return alike if may_see else msgspec.structs.replace(alike, other_thumb_url=None)


def _like(photo: OrderPhoto, alike: Alike, other: OrderOfStep | None, own: set[int]) -> list[SimilarPhoto]:
    is_elsewhere = other is None or other.order_id not in own
    if not is_elsewhere and not _was_there_before(photo, alike):
        return []
    knows = other is not None and is_elsewhere and other.number is not None
    like = SimilarPhoto(
        photo=photo,
        is_same=alike.is_same_file or alike.distance == 0,
        other_role=alike.other_role,
        other_thumb_url=alike.other_thumb_url,
        is_elsewhere=is_elsewhere,
        order_id=other.order_id if other and knows else None,
        number=other.number if other and knows else None,
    )
    return [like]


def _was_there_before(photo: OrderPhoto, alike: Alike) -> bool:
    """Within one order only this is told of: an after photo like one before the work, or of an earlier round."""
    is_other_moment = alike.other_role is not PhotoRole.AFTER or alike.other_subject.id != photo.step_id
    return photo.role == PhotoRole.AFTER and is_other_moment
