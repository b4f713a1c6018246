"""What the database says, in our own words: broken constraints, values that it cannot hold, and its absence.

The database is the last guard: a rule should have spoken before it. So an answer from here is logged as a warning.
"""

import asyncpg

from backend import availability
from backend.errors import AppError, Busy, Conflict, Invalid, Unauthorised, Unavailable

# constraint: what it means, and the code of the error. A constraint that is not listed is answered in general words.
CONSTRAINTS: dict[str, tuple[type[AppError], str]] = {
    "account_username_key": (Conflict, "username-taken"),
    "account_username_plain": (Invalid, "username-not-plain"),
    "role_grant_area_prefix": (Invalid, "area-code-malformed"),
    "account_is_merged": (Unauthorised, "session-ended"),
    "duty_shift_ends_later": (Invalid, "shift-ends-before-start"),
}


def translate(error: Exception) -> AppError | None:
    """The state of affairs behind a database error, or None when the error is ours to mend."""
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return _broken_constraint(error)
    if isinstance(error, asyncpg.DataError):
        return Invalid("not-storable")
    if isinstance(error, asyncpg.LockNotAvailableError | asyncpg.DeadlockDetectedError):
        return Busy()
    if availability.is_database_away(error):
        return Unavailable(retry_after_s=2)
    return None


def _broken_constraint(error: asyncpg.IntegrityConstraintViolationError) -> AppError:
    known = CONSTRAINTS.get(getattr(error, "constraint_name", None) or "")
    if known:
        kind, code = known
        return _with_code(kind(f"constraint.{code}"), code)
    if isinstance(error, asyncpg.UniqueViolationError | asyncpg.ExclusionViolationError):
        return Conflict("same-exists")
    return Invalid("disagrees-with-stored")


def _with_code(error: AppError, code: str) -> AppError:
    error.__dict__["code"] = code
    return error
