"""Who asks: a source of the kind open311 by its api_key, or a stranger. And for where: the jurisdiction, an area code.

An api_key is the source's name, a full stop, and its key.
"""

from backend.errors import Forbidden, NotFound
from backend.intake.sources import keys
from backend.intake.sources.errors import SourceClosed, SourceKeyWrong, SourceMayNot
from backend.intake.sources.structs import Source, SourceKind
from backend.places import queries as places
from backend.places.errors import AreaNotFound

_MOST = 200


class KeyRefused(Forbidden):
    """No key where one is needed, or none of ours."""

    code = "open311-key-refused"


class JurisdictionUnknown(NotFound):
    code = "open311-jurisdiction-unknown"


def name_in(api_key: str) -> str:
    """Of which source it claims to be."""
    return api_key.partition(".")[0]


async def source_of(api_key: str) -> Source | None:
    """The source behind a key; None without one. Raises KeyRefused."""
    if not api_key:
        return None
    name, _, key = api_key[:_MOST].partition(".")
    try:
        source = await keys.find_by_key(name, key)
    except (SourceKeyWrong, SourceClosed) as error:
        raise KeyRefused from error
    if source.kind is not SourceKind.OPEN311:
        raise KeyRefused
    return source


async def filing_source(api_key: str) -> Source:
    """The source, which has to have one and may file. Raises KeyRefused, SourceMayNot."""
    source = await source_of(api_key)
    if source is None:
        raise KeyRefused
    if not source.may_file:
        raise SourceMayNot
    return source


async def reading_source(api_key: str) -> Source:
    """The same of a source that may read. Raises KeyRefused, SourceMayNot."""
    source = await source_of(api_key)
    if source is None:
        raise KeyRefused
    if not source.may_read:
        raise SourceMayNot
    return source


async def area_of(jurisdiction_id: str) -> str:
    """The area that a jurisdiction names; "" where none is named. Raises JurisdictionUnknown."""
    if not jurisdiction_id:
        return ""
    try:
        return (await places.get_area(jurisdiction_id)).code
    except AreaNotFound as error:
        raise JurisdictionUnknown from error
