"""Whose fault an error is: what stands around us (database, disk, network), which passes, or our own, which stays.

Web answers 503 for what passes, and the worker tries again without holding it against the job.
"""

import errno
import traceback

import asyncpg
from asyncpg.exceptions import (
    ClientConfigurationError,
    InternalClientError,
    PostgresSystemError,
    UnsupportedClientFeatureError,
    UnsupportedServerFeatureError,
)

from backend.errors import Unavailable

_BUSY = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.LockNotAvailableError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    PostgresSystemError,
    TimeoutError,
)
"""The server refuses us, is short of something, or cannot read its own files: whatever we had asked."""
_MISUSES = (ValueError, UnsupportedClientFeatureError, UnsupportedServerFeatureError, ClientConfigurationError)
"""What asyncpg's client refuses for the values or the settings alone. All else that it says of itself tells of a
connection that broke off in the middle: its words differ with the instant, so they are not looked at."""
_TWO_AT_ONCE = "another operation is in progress"
"""Our own mistake: two statements at once on one connection."""
_MISSING = (
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedColumnError,
    asyncpg.UndefinedFunctionError,
    asyncpg.UndefinedObjectError,
    asyncpg.InvalidSchemaNameError,
    asyncpg.InsufficientPrivilegeError,
    asyncpg.InvalidCachedStatementError,
)
"""A table that is being changed, restored or upgraded under our feet."""
_SHORT_OF = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.EROFS, errno.EAGAIN}
)


def is_database_away(error: BaseException) -> bool:
    """Whether the database cannot serve anybody now: gone, going, full, busy, or never reached."""
    if isinstance(error, _BUSY):
        return True
    if isinstance(error, asyncpg.InterfaceError):
        return not isinstance(error, _MISUSES) and _TWO_AT_ONCE not in str(error)
    if isinstance(error, InternalClientError):
        return True
    return isinstance(error, OSError) and _was_asyncpg_at_work(error)


def is_passing(error: BaseException) -> bool:
    """Whether the same work may well succeed later, though nobody mends the code or the data."""
    if isinstance(error, BaseExceptionGroup):
        return all(is_passing(each) for each in error.exceptions)
    if isinstance(error, (Unavailable, MemoryError, ConnectionError, *_MISSING)):
        return True
    if isinstance(error, OSError) and error.errno in _SHORT_OF:
        return True
    return is_database_away(error)


def _was_asyncpg_at_work(error: OSError) -> bool:
    """A missing socket is an OSError like a missing file: what tells them apart is who was at work."""
    return any("asyncpg" in frame.filename for frame in traceback.extract_tb(error.__traceback__))
