"""States of affairs that stop a verb. Each knows its HTTP status and speaks to people in Chinese and English.

Rooms subclass one of the bases below, set `code` (kebab-case, stable for clients) and pass both sentences; facts that a
client needs to go on (distance, radius, who was first) travel in `extra`.
"""

from typing import Any, ClassVar


class AppError(Exception):
    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    headline_zh: ClassVar[str] = "出错了"
    headline_en: ClassVar[str] = "Something went wrong"

    def __init__(self, zh: str = "", en: str = "", **extra: Any) -> None:
        super().__init__(en or self.headline_en)
        self.zh = zh or self.headline_zh
        self.en = en or self.headline_en
        self.extra = extra


class BadRequest(AppError):
    """What was sent cannot be read."""

    status, code = 400, "bad-request"
    headline_zh, headline_en = "请求无法识别", "The request cannot be read"


class Unauthorised(AppError):
    status, code = 401, "unauthorised"
    headline_zh, headline_en = "请先登录", "Please sign in"


class Forbidden(AppError):
    status, code = 403, "forbidden"
    headline_zh, headline_en = "无此权限", "You may not do this"


class NotFound(AppError):
    """Not there, or not within the actor's scope: the two are never told apart."""

    status, code = 404, "not-found"
    headline_zh, headline_en = "未找到", "Not found"


class Conflict(AppError):
    """The world has moved on: somebody was first, or the state forbids the move."""

    status, code = 409, "conflict"
    headline_zh, headline_en = "状态已变化", "The state has changed"


class Gone(AppError):
    status, code = 410, "gone"
    headline_zh, headline_en = "已失效", "No longer valid"


class TooLarge(AppError):
    status, code = 413, "too-large"
    headline_zh, headline_en = "内容过大", "Too large"


class Unsupported(AppError):
    status, code = 415, "unsupported-type"
    headline_zh, headline_en = "不支持的类型", "Unsupported type"


class Invalid(AppError):
    """It was read and understood, and a rule refuses it."""

    status, code = 422, "invalid"
    headline_zh, headline_en = "内容不符合要求", "A rule refuses this"


class TooMany(AppError):
    status, code = 429, "too-many-requests"
    headline_zh, headline_en = "操作过于频繁,请稍后再试", "Too many requests, please wait"


class Unavailable(AppError):
    status, code = 503, "unavailable"
    headline_zh, headline_en = "服务器忙,请稍后再试", "The service is busy, please try again"


class Busy(Unavailable):
    """Somebody else is at work on this very thing and has not finished. Nothing was done."""

    code = "locked-by-another"
    headline_zh, headline_en = (
        "此刻有人正在操作同一条记录,本次没有提交,请稍后再试",
        "Somebody is changing this very record; nothing was done. Please try again",
    )

    def __init__(self) -> None:
        super().__init__(retry_after_s=2)
