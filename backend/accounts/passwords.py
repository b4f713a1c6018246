"""Passwords: argon2id, off the event loop, and the rule for new ones (GB/T 22239 level 2: 12 characters,
three kinds).

An unknown username costs the same time as a wrong password. What was typed is never logged and never kept.
"""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.accounts.errors import WeakPassword

T = TypeVar("T")

MIN_CHARS = 12
MIN_KINDS = 3
UNUSABLE = "!"
"""Stands for the hash of somebody who has no password yet: no password matches it."""
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""None that looks like another on paper."""
# Above OWASP's floor for argon2id (19 MiB, 2 passes); about 50 ms on a small server.
_hasher = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
# Two at a time: a storm of sign-ins may neither starve the loop nor fill the memory.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


def check_strength(password: str, username: str) -> None:
    """Refuse a new password that is too easy. Raises WeakPassword."""
    kinds = {_kind(char) for char in password}
    if len(password) < MIN_CHARS or len(kinds) < MIN_KINDS or username.lower() in password.lower():
        raise WeakPassword(min_chars=MIN_CHARS, min_kinds=MIN_KINDS)


def draw(username: str) -> str:
    """A new password by chance that the rule takes: four groups of four, about 92 bits."""
    while True:
        drawn = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
        if len({_kind(char) for char in drawn}) > MIN_KINDS and username.lower() not in drawn.lower():
            return drawn


async def hash_password(password: str) -> str:
    return await _in_thread(lambda: _hasher.hash(password))


async def is_right(password: str, stored: str | None) -> bool:
    """Compare with the stored hash, or with a decoy when there is none."""
    return await _in_thread(lambda: _matches(password, stored))


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with older parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def _matches(password: str, stored: str | None) -> bool:
    usable = None if stored == UNUSABLE else stored
    try:
        _hasher.verify(usable or _decoy(), password)
    except (VerificationError, InvalidHashError):
        return False
    return usable is not None


@lru_cache(maxsize=1)
def _decoy() -> str:
    return _hasher.hash("nobody has this password")


def _kind(char: str) -> str:
    if char.isdigit():
        return "digit"
    if char.islower():
        return "lower"
    return "upper" if char.isupper() else "other"


async def _in_thread(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, work)
