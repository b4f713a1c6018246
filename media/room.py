"""What the room talks to: two stores, the decoder, the key that signs links. A door opens it, verbs find it here."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from media.decoder.pool import Decoder
from media.limits import Limits
from media.storage import Storage
from media.storage.disk import DiskStorage

_open: list["Room"] = []


@dataclass(frozen=True, slots=True)
class Room:
    originals: Storage
    """Evidence, as it came in, with all that the camera wrote."""
    shown: Storage
    """Re-encoded copies, which is all that anybody is served without a reason."""
    decoder: Decoder
    limits: Limits
    link_key: bytes
    spool_dir: Path


@asynccontextmanager
async def opened(
    folder: Path,
    secret: str,
    *,
    originals: Storage | None = None,
    shown: Storage | None = None,
    limits: Limits | None = None,
) -> AsyncIterator[Room]:
    """Open the room for the life of a door. `folder` holds what passes through, and both stores by default."""
    limits = limits or Limits()
    spool_dir = folder / "spool"
    spool_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    room = Room(
        originals=originals or DiskStorage(folder / "originals"),
        shown=shown or DiskStorage(folder / "shown"),
        decoder=Decoder(limits),
        limits=limits,
        link_key=hmac.digest(secret.encode(), b"media links", hashlib.sha256),
        spool_dir=spool_dir,
    )
    _open.append(room)
    try:
        yield room
    finally:
        _open.remove(room)
        await room.decoder.close()


def here() -> Room:
    """The room that a door has opened."""
    if not _open:
        raise RuntimeError("the photo room is not open: a door must enter media.room.opened() first")
    return _open[-1]
