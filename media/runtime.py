"""What media talks to: two stores, the decoder, the key that signs links. A process starts it, verbs find it here."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from media.decoder.pool import Decoder
from media.limits import DecodeLimits
from media.storage import DirectStorage, S3Settings, Storage
from media.storage.disk import DiskStorage

_open: list["MediaRuntime"] = []


@dataclass(frozen=True, slots=True)
class MediaRuntime:
    originals: Storage
    """Evidence, as it came in, with all that the camera wrote."""
    shown: Storage
    """Re-encoded copies, which is all that anybody is served without a reason."""
    decoder: Decoder
    limits: DecodeLimits
    link_key: bytes
    spool_dir: Path
    partial_dir: Path
    """Uploads by pieces; on a machine whose web processes share a disk."""
    incoming: DirectStorage | None
    """Where phones put photos themselves, where the store can check what they put."""

    async def drop_partial(self, upload_id: UUID) -> None:
        """Forget what has arrived of an upload."""
        await asyncio.to_thread((self.partial_dir / str(upload_id)).unlink, missing_ok=True)
        if self.incoming is not None:
            await self.incoming.delete(str(upload_id))


@dataclass(frozen=True, slots=True)
class _Stores:
    originals: Storage
    shown: Storage
    incoming: DirectStorage | None
    close: Callable[[], None]


def _disk_stores(folder: Path) -> _Stores:
    return _Stores(DiskStorage(folder / "originals"), DiskStorage(folder / "shown"), None, lambda: None)


def _s3_stores(settings: S3Settings) -> _Stores:
    from media.storage.s3 import S3Bucket, S3Storage  # the library weighs 30 MB: only where it is used

    bucket = S3Bucket(settings)
    return _Stores(
        S3Storage(bucket, "originals/"), S3Storage(bucket, "shown/"), S3Storage(bucket, "incoming/"), bucket.close
    )


@asynccontextmanager
async def start(
    folder: Path,
    secret: str,
    *,
    s3: S3Settings | None = None,
    limits: DecodeLimits | None = None,
    decoder: Decoder | None = None,
) -> AsyncIterator[MediaRuntime]:
    """Start the runtime for the life of a process. `folder` holds what passes through, and the stores unless `s3` does.

    A decoder that is handed in outlives the runtime.
    """
    limits = limits or DecodeLimits()
    for name in ("spool", "partial"):
        (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    stores = _s3_stores(s3) if s3 else _disk_stores(folder)
    runtime = MediaRuntime(
        originals=stores.originals,
        shown=stores.shown,
        incoming=stores.incoming,
        decoder=decoder or Decoder(limits),
        limits=limits,
        link_key=hmac.digest(secret.encode(), b"media links", hashlib.sha256),
        spool_dir=folder / "spool",
        partial_dir=folder / "partial",
    )
    _open.append(runtime)
    try:
        yield runtime
    finally:
        _open.remove(runtime)
        if decoder is None:
            await runtime.decoder.close()
        stores.close()


def current_runtime() -> MediaRuntime:
    """The runtime that this process has started."""
    if not _open:
        raise RuntimeError("the runtime of media was not started: enter media.runtime.start() first")
    return _open[-1]
