"""The photo room as the settings want it, the same for every door: store, limits, how long what is kept."""

from contextlib import AbstractAsyncContextManager
from datetime import timedelta

from backend.config import Settings
from media import room
from media.limits import MIB, Limits
from media.room import Room
from media.service import Retention
from media.storage import S3Settings


def opened(settings: Settings) -> AbstractAsyncContextManager[Room]:
    limits = Limits(file_max_bytes=settings.photo_max_mb * MIB)
    return room.opened(settings.media_dir, settings.secret, s3=_s3(settings), limits=limits)


def retention(settings: Settings) -> Retention:
    return Retention(
        thin_after=timedelta(days=settings.photo_thin_after_days),
        unused_for=timedelta(days=settings.photo_unused_for_days),
    )


def _s3(settings: Settings) -> S3Settings | None:
    """The store that the settings name, or none for this machine's disk."""
    if not settings.s3_endpoint:
        return None
    return S3Settings(settings.s3_endpoint, settings.s3_bucket, settings.s3_access_key, settings.s3_secret_key)
