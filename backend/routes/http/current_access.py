"""Does this session still stand, and what may its holder do: the one place that every request and stream asks.

A token says who signed in up to ten minutes ago. Writes, exports, originals and the beginning of a stream ask the
database now. Plain reading relies on an answer of at most a minute, which is forgotten at once when PostgreSQL tells
that the account changed (a trigger does, whoever changed it).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from litestar.types import HTTPScope

from backend.accounts import queries
from backend.accounts.errors import SessionEnded
from backend.accounts.structs import Actor
from backend.accounts.tokens import Pass

CHANNEL = "yima_account"
CHECKED_NOW: dict[str, Any] = {"is_checked_now": True}
"""`opt` of a handler that reads so much that the session is asked for in the database first."""
NEVER_CHECKED: dict[str, Any] = {"is_never_checked": True}
"""`opt` of a handler that tells everybody the same: a probe, or a link that is its own permission."""
_SAFE = ("GET", "HEAD", "OPTIONS")
_RELIED_ON_S = 60.0
_CACHE_MOST = 10_000


class AccessCache:
    """What this process knows of sessions. One object for the process."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._known: dict[UUID, tuple[float, Actor]] = {}
        self._watchers: dict[int, set[Callable[[], None]]] = defaultdict(set)
        self._changes = 0

    async def of_request(self, scope: HTTPScope, opened: Pass) -> Actor:
        """Whoever asks, as they may act. Raises SessionEnded."""
        opt = scope["route_handler"].opt
        if opt.get("is_never_checked"):
            return opened.actor
        if scope["method"] not in _SAFE or opt.get("is_checked_now"):
            return await self.check(opened)
        return await self.rely(opened)

    async def rely(self, opened: Pass) -> Actor:
        """The answer of the last minute, else a new one. Raises SessionEnded."""
        known = self._known.get(opened.session_id)
        if known is not None and monotonic() - known[0] < _RELIED_ON_S:
            return known[1]
        return await self.check(opened)

    async def check(self, opened: Pass) -> Actor:
        """Ask the database. Raises SessionEnded."""
        changes, checked_at = self._changes, monotonic()
        actor = await queries.find_standing(opened.session_id, self._clock())
        if actor is None or actor.account_id != opened.actor.account_id:
            self._known.pop(opened.session_id, None)
            raise SessionEnded
        if changes == self._changes:  # else the answer may be older than what was told meanwhile
            self._remember(opened.session_id, checked_at, actor)
        return actor

    def on_change(self, payload: str) -> None:
        """An account changed; an empty payload says that any may have."""
        self._changes += 1
        account_id = int(payload) if payload else None
        self._known = {
            session: known
            for session, known in self._known.items()
            if account_id is not None and known[1].account_id != account_id
        }
        changed = [account_id] if account_id is not None else list(self._watchers)
        for watcher in [each for account in changed for each in self._watchers.get(account, ())]:
            watcher()

    @contextmanager
    def watching(self, account_id: int, look_again: Callable[[], None]) -> Iterator[None]:
        """Have this called whenever the account may have changed."""
        self._watchers[account_id].add(look_again)
        try:
            yield
        finally:
            self._watchers[account_id].discard(look_again)
            if not self._watchers[account_id]:
                del self._watchers[account_id]

    def _remember(self, session_id: UUID, checked_at: float, actor: Actor) -> None:
        if len(self._known) >= _CACHE_MOST:
            self._known.clear()
        self._known[session_id] = (checked_at, actor)
