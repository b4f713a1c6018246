"""Where a photo's files lie in the stores: made from its number and revision alone.

A copy's key holds the photo's revision: a copy that is re-made after redaction never lies where the old one lay.
"""

import re
from uuid import UUID

from media.kinds import MediaKind, suffix
from media.structs import Variant

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_ORIGINAL = re.compile(rf"[0-9a-f]{{2}}/[0-9a-f]{{2}}/({_UUID})\.[a-z]+")
_SHOWN = re.compile(rf"[0-9a-f]{{2}}/[0-9a-f]{{2}}/({_UUID})-(\d+)-([a-z]+)\.[a-z]+")


def original_key(photo_id: UUID, kind: MediaKind) -> str:
    return f"{_shard(photo_id)}/{photo_id}.{suffix(kind)}"


def shown_key(photo_id: UUID, variant: Variant, revision: int, kind: MediaKind = MediaKind.JPEG) -> str:
    return f"{_shard(photo_id)}/{photo_id}-{revision}-{variant}.{suffix(kind)}"


def photo_of_original(key: str) -> UUID | None:
    """The photo that an original's key names, or none for a key that we did not make."""
    match = _ORIGINAL.fullmatch(key)
    return UUID(match[1]) if match else None


def copy_of_shown(key: str) -> tuple[UUID, int, str] | None:
    """The photo, revision and variant that a copy's key names, or none for a key that we did not make."""
    match = _SHOWN.fullmatch(key)
    return (UUID(match[1]), int(match[2]), match[3]) if match else None


def _shard(photo_id: UUID) -> str:
    text = photo_id.hex
    return f"{text[:2]}/{text[2:4]}"
