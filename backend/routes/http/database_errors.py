"""What the database says, in our own words: broken constraints, values that it cannot hold, and its absence.

The database is the last guard: a rule should have spoken before it. So an answer from here is logged as a warning.
"""

import asyncpg

from backend import availability
from backend.errors import AppError, Busy, Conflict, Invalid, Unavailable

Sentence = tuple[type[AppError], str, str, str]

# constraint: (kind, code, Chinese, English). A constraint that is not listed is answered in general words.
CONSTRAINTS: dict[str, Sentence] = {
    "account_username_key": (Conflict, "username-taken", "用户名已被使用", "The username is taken"),
    "account_username_plain": (
        Invalid,
        "username-not-plain",
        "用户名须为小写且不含首尾空格",
        "A username is in lower case without spaces around it",
    ),
    "role_grant_area_prefix": (
        Invalid,
        "area-code-malformed",
        "区划代码须为2、4、6、9、12或15位数字",
        "An area code has 2, 4, 6, 9, 12 or 15 digits",
    ),
    "duty_shift_ends_later": (
        Invalid,
        "shift-ends-before-start",
        "值班结束时间须晚于开始时间",
        "A shift ends after its start",
    ),
}


def translate(error: Exception) -> AppError | None:
    """The state of affairs behind a database error, or None when the error is ours to mend."""
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return _broken_constraint(error)
    if isinstance(error, asyncpg.DataError):
        return Invalid("内容中含有无法保存的数值或字符", "It holds a number or a character that cannot be stored")
    if isinstance(error, asyncpg.LockNotAvailableError):
        return Busy()
    if availability.is_database_away(error):
        return Unavailable(retry_after_s=2)
    return None


def _broken_constraint(error: asyncpg.IntegrityConstraintViolationError) -> AppError:
    known = CONSTRAINTS.get(getattr(error, "constraint_name", None) or "")
    if known:
        kind, code, zh, en = known
        return _with_code(kind(zh, en), code)
    if isinstance(error, asyncpg.UniqueViolationError | asyncpg.ExclusionViolationError):
        return Conflict("已存在相同的记录", "The same already exists")
    return Invalid("内容与已有数据不符", "It does not agree with what is stored")


def _with_code(error: AppError, code: str) -> AppError:
    error.__dict__["code"] = code
    return error
