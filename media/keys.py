"""Where a photo's files lie in the stores: made from its number alone, so that serving needs no look into the database.

A copy's key holds the photo's revision: when a copy is re-made after redaction, the old one's key and link die with it.
"""

from uuid import UUID

from media.kinds import Kind, suffix
from media.structs import Variant


def original_key(photo_id: UUID, kind: Kind) -> str:
    return f"{_shard(photo_id)}/{photo_id}.{suffix(kind)}"


def shown_key(photo_id: UUID, variant: Variant, revision: int, kind: Kind = Kind.JPEG) -> str:
    return f"{_shard(photo_id)}/{photo_id}-{revision}-{variant}.{suffix(kind)}"


def _shard(photo_id: UUID) -> str:
    text = photo_id.hex
    return f"{text[:2]}/{text[2:4]}"
