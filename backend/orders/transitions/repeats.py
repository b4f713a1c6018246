"""A key that comes twice: the same content gets the first answer again, another content is refused.

Kept with the key is a print of what was said. Photos are compared by what they are, and only when a key comes twice: a
form that is sent again uploads the same photo anew, under another id. How it came about (when it was tapped, where the
phone was just then, the nonce of the page) is no part of it: a second attempt differs in these. What was kept before
there were prints has none, and its key goes on meaning that it is the same.
"""

from collections.abc import Iterator
from hashlib import blake2s
from typing import Any
from uuid import UUID

import msgspec

from backend.orders.model.errors import KeyUsedBefore
from media import queries as media
from media.structs import PhotoSubject, SubjectKind

_CIRCUMSTANCES = ("client_id", "captured_at", "nonce", "point")


def print_of(said: Any, **more: Any) -> str:
    """32 hex digits for what a request says; `more` counts besides. Photos count by their number."""
    content = {**_plain(msgspec.to_builtins(said)), **more} if said is not None else more
    return blake2s(msgspec.json.encode(content, order="deterministic"), digest_size=16).hexdigest()


async def require_same(said: Any, print_now: str, print_then: str | None, step_id: int, *, earlier: str) -> None:
    """Raises KeyUsedBefore where the step that was made under this key says something else."""
    if print_then is None:
        return
    photos = list(photos_of(msgspec.to_builtins(said, builtin_types=(UUID,))))
    is_same = print_then == print_now and (
        not photos or await media.are_attached(photos, PhotoSubject(SubjectKind.ORDER_STEP, step_id))
    )
    if not is_same:
        raise KeyUsedBefore(earlier=earlier)


def photos_of(content: Any) -> Iterator[UUID]:
    if isinstance(content, dict):
        for name, value in content.items():
            yield from value if _is_photos(name) else photos_of(value)


def _plain(content: Any) -> Any:
    """Without circumstances, and with the number of photos instead of their ids."""
    if not isinstance(content, dict):
        return content
    return {
        name: len(set(value)) if _is_photos(name) else _plain(value)
        for name, value in content.items()
        if name not in _CIRCUMSTANCES
    }


def _is_photos(name: str) -> bool:
    return name.endswith("photo_ids")
