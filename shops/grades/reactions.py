"""A grave fault, and a panel that strikes one, change a grade at once; all else waits for the night."""

from collections.abc import Sequence

from backend import clock, db
from backend.events.facts import Recorded, reread
from shops.grades import counting
from shops.inspections.events import FindingFact


async def count_anew(recorded: Sequence[Recorded]) -> None:
    """Count the shops of grave findings and of those that were struck."""
    facts = [(entry, reread(entry, FindingFact)) for entry in recorded]
    shop_ids = [fact.shop_id for entry, fact in facts if fact.is_p0 or entry.name == "FindingStruck"]
    if shop_ids:
        async with db.transaction():
            await counting.count_shops(shop_ids, clock.now())
