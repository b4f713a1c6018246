"""Which sub-item a record is: what the way in knows, else the class table, else the text where that is certain."""

import msgspec

from backend import logs
from backend.intake.items import suggesting
from backend.intake.items.suggesting import Suggestion
from backend.intake.runtime import current_runtime
from backend.intake.sources import classes
from backend.intake.sources.structs import Source
from backend.intake.structs import Incoming
from backend.items import queries as items

log = logs.get_logger()
_MOST = 3


class Itemized(msgspec.Struct, frozen=True, kw_only=True):
    """`item_code`: None where a person has to say it; then `suggestions` are the likeliest, the likeliest first."""

    item_code: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    reason: str = ""


async def itemize(incoming: Incoming, source: Source) -> Itemized:
    """The sub-item, or what is to be asked of a person."""
    if incoming.item_code:
        is_known = incoming.item_code in await items.list_codes()
        return Itemized(item_code=incoming.item_code) if is_known else Itemized(reason="item-unknown")
    if (item_code := await classes.item_of(source.id, incoming.class_code)) is not None:
        return Itemized(item_code=item_code)
    return await _by_text(incoming, source)


async def _by_text(incoming: Incoming, source: Source) -> Itemized:
    if not (incoming.text or incoming.title):
        return Itemized(reason="class" if incoming.class_code else "no-words")
    runtime = current_runtime()
    given = {"model": runtime.model, "town_error": runtime.accepted_error}
    try:
        suggested = await suggesting.suggest_for(source, incoming.title, incoming.text, **given)
    except (OSError, ValueError) as error:
        log.error("item_model_unusable", **logs.describe(error))
        return Itemized(reason="class")
    three = suggested.suggestions[:_MOST]
    return Itemized(item_code=suggested.item_code, suggestions=three, reason="" if suggested.item_code else "text")
