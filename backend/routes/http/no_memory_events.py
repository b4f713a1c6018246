"""Litestar's events in memory are switched off: news travels through the event log, which forgets nothing."""

from typing import Any, NoReturn

from litestar.events import BaseEventEmitterBackend


class NoMemoryEvents(BaseEventEmitterBackend):
    async def __aenter__(self) -> "NoMemoryEvents":
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    def emit(self, event_id: str, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotImplementedError("record a fact with backend.events instead")
