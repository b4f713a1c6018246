"""Sources that tell us something, and what they tell."""

from datetime import datetime
from itertools import count
from typing import Any

import msgspec

from backend import config, runtimes
from backend.intake.sources import service
from backend.intake.sources.structs import Credential, Source, SourceDraft, SourceKind
from backend.intake.structs import Clues, Incoming
from backend.privacy.seals import Seal
from tests.makers.town import TOWN

_numbers = count(1)


def demo_seal() -> Seal:
    """What an app in demo mode seals with."""
    return runtimes.personal_seal(config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo"}))


async def make_source(now: datetime, **changes: Any) -> Source:
    """A system of the town that may file and read."""
    return (await make_credential(now, **changes)).source


async def make_credential(now: datetime, **changes: Any) -> Credential:
    """The same with its key and secret."""
    fields: dict[str, Any] = {
        "name": f"source-{next(_numbers)}",
        "kind": SourceKind.SYSTEM,
        "title_zh": "城运平台",
        "title_en": "City platform",
        "area_code": TOWN,
        "per_minute": 10_000,
    }
    return await service.add_source(SourceDraft(**(fields | changes)), None, demo_seal(), now)


def told(source_no: str, *, code: str | None = None, **changes: Any) -> Incoming:
    """One message about badly parked bicycles at a door."""
    fields: dict[str, Any] = {
        "source_no": source_no,
        "title": "共享单车乱停",
        "text": "弄堂口的共享单车堵住了路",
        "clues": Clues(code=code),
        "item_code": "A101",
    }
    return Incoming(**(fields | changes))


def wire(incoming: Incoming) -> bytes:
    """The message as it is sent."""
    return msgspec.json.encode(incoming)
