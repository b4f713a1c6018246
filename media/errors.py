"""Why a photo was refused, could not be used, or cannot be shown: each says which limit, in both languages."""

from typing import Any

from backend.errors import (
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    TooLarge,
    Unavailable,
    Unsupported,
)

_MIB = 1024 * 1024


class PhotoEmpty(Invalid):
    code = "photo-empty"


class PhotoTooLarge(TooLarge):
    code = "photo-too-large"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(values={"mib": limit_bytes / _MIB}, limit_bytes=limit_bytes)


class PhotoTypeRefused(Unsupported):
    code = "photo-type-refused"

    def __init__(self, found: str) -> None:
        super().__init__(found=found)


class PhotoRefused(Invalid):
    """The decoder looked at it and a limit or a defect refuses it; `code` names which."""

    def __init__(self, code: str, /, **extra: Any) -> None:
        super().__init__(code, **extra)
        self.code = code  # type: ignore[misc]


class PhotoKeyReused(Conflict):
    code = "idempotency-key-reused"


class PhotoNotFound(NotFound):
    code = "photo-not-found"


class PhotosNotUsable(Invalid):
    """Some photos to attach do not exist, or are another person's: the two are never told apart."""

    code = "photo-not-usable"

    def __init__(self, photo_ids: list[str]) -> None:
        super().__init__(photo_ids=photo_ids)


class PhotosUnderWay(Unavailable):
    """Uploads that have begun and are no photos yet: not final, since asking how the upload stands finishes it."""

    code = "photo-under-way"

    def __init__(self, photo_ids: list[str]) -> None:
        super().__init__(photo_ids=photo_ids)


class PhotosAlreadyUsed(Conflict):
    code = "photo-already-used"

    def __init__(self, photo_ids: list[str]) -> None:
        super().__init__(photo_ids=photo_ids)


class LinkNotValid(Forbidden):
    code = "photo-link-not-valid"


class LinkExpired(Gone):
    code = "photo-link-expired"


class DecoderBusy(Unavailable):
    code = "photo-gate-busy"


class DecoderMissing(Unavailable):
    code = "photo-decoder-missing"


class DecoderFailed(Unavailable):
    """It was killed or stood still, also in a fresh process: that says nothing about the photo."""

    code = "photo-decoder-failed"


class StoreFull(Unavailable):
    """The disk or the quota is full: nothing was kept, the phone should try later."""

    status, code = 507, "photo-store-full"


class StoreUnavailable(Unavailable):
    code = "photo-store-unavailable"


class PhotoGone(Gone):
    code = "photo-gone"


class PhotoChanged(Conflict):
    code = "photo-changed"


class PhotoReasonMissing(Invalid):
    code, text = "reason-missing", "photo-reason-missing"


class EvidenceForbidden(Forbidden):
    code = "photo-evidence-forbidden"


class DirectUploadNotOffered(NotFound):
    code = "direct-upload-not-offered"


class UploadNotFound(NotFound):
    code = "upload-not-found"


class UploadNotArrived(Conflict):
    code = "upload-not-arrived"


class UploadDiffers(Invalid):
    code = "upload-differs"


class UploadBusy(Conflict):
    status, code = 423, "upload-busy"


class UploadOffsetWrong(Conflict):
    code = "upload-offset-wrong"

    def __init__(self, offset: int) -> None:
        super().__init__(offset=offset)
