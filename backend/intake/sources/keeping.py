"""What a town's administrators do with their sources: within their areas, and as `service` does it."""

from collections.abc import Sequence
from datetime import datetime

from backend.accounts import permissions
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.errors import Forbidden
from backend.intake.sources import classes, queries, service
from backend.intake.sources.errors import SourceUnknown
from backend.intake.sources.structs import ClassRow, Credential, Source, SourceDraft, SourceSettings
from backend.privacy.seals import Seal


async def add(draft: SourceDraft, by: Actor, seal: Seal, now: datetime) -> Credential:
    """Add a source within the own area. Raises Forbidden, SourceNameTaken."""
    _require(draft.area_code, by)
    return await service.add_source(draft, by, seal, now)


async def change(name: str, settings: SourceSettings, by: Actor) -> Source:
    """Raises SourceUnknown, also beyond the own area; Forbidden where it would then lie there."""
    await get_own(name, by)
    _require(settings.area_code, by)
    return await service.change_source(name, settings, by)


async def renew_key(name: str, by: Actor) -> str:
    """Raises SourceUnknown."""
    await get_own(name, by)
    return await service.renew_key(name, by)


async def renew_secret(name: str, by: Actor, seal: Seal, now: datetime) -> str:
    """Raises SourceUnknown."""
    await get_own(name, by)
    return await service.renew_secret(name, by, seal, now)


async def close(name: str, by: Actor, now: datetime) -> Source:
    """Raises SourceUnknown."""
    await get_own(name, by)
    return await service.close_source(name, by, now)


async def set_classes(name: str, rows: Sequence[ClassRow], by: Actor) -> list[ClassRow]:
    """Raises SourceUnknown, ClassTableWrong."""
    source = await get_own(name, by)
    await classes.set_classes(source.id, rows)
    return await classes.list_classes(source.id)


async def get_own(name: str, by: Actor) -> Source:
    """A source within the area in which somebody keeps sources. Raises SourceUnknown."""
    source = await queries.get_source(name)
    if not permissions.may_within(by, Permission.KEEP_SOURCES, source.area_code):
        raise SourceUnknown
    return source


def _require(area_code: str, by: Actor) -> None:
    if not permissions.may_within(by, Permission.KEEP_SOURCES, area_code):
        raise Forbidden(permission=Permission.KEEP_SOURCES.value)
