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
    headline_zh, headline_en = "照片文件是空的", "The photo file is empty"


class PhotoTooLarge(TooLarge):
    code = "photo-too-large"

    def __init__(self, limit_bytes: int) -> None:
        mib = limit_bytes / _MIB
        super().__init__(
            f"照片超过 {mib:g} MB 上限", f"The photo is over the limit of {mib:g} MB", limit_bytes=limit_bytes
        )


class PhotoTypeRefused(Unsupported):
    code = "photo-type-refused"

    def __init__(self, found: str) -> None:
        super().__init__(
            f"只接受 JPEG、PNG、WebP、HEIC 照片(收到:{found})",
            f"Only JPEG, PNG, WebP and HEIC photos are taken (this is: {found})",
            found=found,
        )


class PhotoRefused(Invalid):
    """The decoder looked at it and a limit or a defect refuses it; `code` names which."""

    def __init__(self, code: str, zh: str, en: str, **extra: Any) -> None:
        super().__init__(zh, en, **extra)
        self.code = code  # type: ignore[misc]


class PhotoKeyReused(Conflict):
    code = "idempotency-key-reused"
    headline_zh, headline_en = (
        "同一幂等键用于了不同的照片",
        "This Idempotency-Key was used for a different photo",
    )


class PhotoNotFound(NotFound):
    code = "photo-not-found"
    headline_zh, headline_en = "照片不存在", "No such photo"


class PhotosNotUsable(Invalid):
    """Some photos to attach do not exist, or are another person's: the two are never told apart."""

    code = "photo-not-usable"

    def __init__(self, photo_ids: list[str]) -> None:
        super().__init__("照片不存在或不属于您", "A photo does not exist or is not yours", photo_ids=photo_ids)


class PhotosUnderWay(Unavailable):
    """Uploads that have begun and are no photos yet: not final, since asking how the upload stands finishes it."""

    code = "photo-under-way"

    def __init__(self, photo_ids: list[str]) -> None:
        super().__init__(
            "照片尚未接收完毕,内容已保留,请续传后重试",
            "A photo has not arrived whole yet; what was sent is kept. Finish its upload, then try again",
            photo_ids=photo_ids,
        )


class PhotosAlreadyUsed(Conflict):
    code = "photo-already-used"

    def __init__(self, photo_ids: list[str]) -> None:
        super().__init__("照片已用于其他记录", "A photo has already been used", photo_ids=photo_ids)


class LinkNotValid(Forbidden):
    code = "photo-link-not-valid"
    headline_zh, headline_en = "照片链接无效", "The photo link is not valid"


class LinkExpired(Gone):
    code = "photo-link-expired"
    headline_zh, headline_en = (
        "照片链接已过期,请刷新页面",
        "The photo link has expired, please reload the page",
    )


class DecoderBusy(Unavailable):
    code = "photo-gate-busy"
    headline_zh, headline_en = "照片处理繁忙,请稍后再试", "Too many photos at once, please try again"


class DecoderMissing(Unavailable):
    code = "photo-decoder-missing"
    headline_zh, headline_en = (
        "照片处理程序无法启动,请稍后再试",
        "The photo decoder does not start, please try again later",
    )


class DecoderFailed(Unavailable):
    """It was killed or stood still, also in a fresh process: that says nothing about the photo."""

    code = "photo-decoder-failed"
    headline_zh, headline_en = (
        "照片处理中断,照片本身没有问题,请稍后再试",
        "The photo decoder was interrupted. Nothing is wrong with the photo, please try again later",
    )


class StoreFull(Unavailable):
    """The disk or the quota is full: nothing was kept, the phone should try later."""

    status, code = 507, "photo-store-full"
    headline_zh, headline_en = (
        "照片存储空间不足,请稍后再试",
        "The photo store is full, please try again later",
    )


class StoreUnavailable(Unavailable):
    code = "photo-store-unavailable"
    headline_zh, headline_en = (
        "照片存储暂不可用,请稍后再试",
        "The photo store does not answer, please try again",
    )


class PhotoGone(Gone):
    code = "photo-gone"
    headline_zh, headline_en = (
        "照片已更新或已删除,请刷新页面",
        "The photo was re-made or removed, reload the page",
    )


class PhotoChanged(Conflict):
    code = "photo-changed"
    headline_zh, headline_en = (
        "照片刚被他人处理,请刷新后再试",
        "Somebody else has just changed this photo, please reload",
    )


class PhotoReasonMissing(Invalid):
    code = "reason-missing"
    headline_zh, headline_en = "请填写理由(2 至 200 字)", "Give a reason of 2 to 200 characters"


class EvidenceForbidden(Forbidden):
    code = "photo-evidence-forbidden"
    headline_zh, headline_en = "无权查看或处理此照片原件", "You may not read or change the evidence"


class DirectUploadNotOffered(NotFound):
    code = "direct-upload-not-offered"
    headline_zh, headline_en = "此服务器不支持直传存储,请经服务器上传", "Uploads go through the server here"


class UploadNotFound(NotFound):
    code = "upload-not-found"
    headline_zh, headline_en = "上传任务不存在或已过期", "No such upload, or it has expired"


class UploadNotArrived(Conflict):
    code = "upload-not-arrived"
    headline_zh, headline_en = "文件尚未上传到存储", "The file has not arrived in the store"


class UploadDiffers(Invalid):
    code = "upload-differs"
    headline_zh, headline_en = "上传的文件与声明不符", "What arrived is not what was announced"


class UploadBusy(Conflict):
    status, code = 423, "upload-busy"
    headline_zh, headline_en = "此文件正在上传", "Another request is writing to this upload"


class UploadOffsetWrong(Conflict):
    code = "upload-offset-wrong"

    def __init__(self, offset: int) -> None:
        super().__init__("续传位置不对", f"The upload stands at byte {offset}", offset=offset)
