"""Facts for tests, and reactions that note what they were given."""

from collections.abc import Mapping, Sequence

from backend import db
from backend.events import service as events
from backend.events.delivery import Delivery, Reaction
from backend.events.facts import Recorded
from backend.orders.model.events import OrderAccepted


def fact(subject_id: int, version: int = 1, *, is_urgent: bool = False) -> OrderAccepted:
    """A fact about an order that nobody has to be notified of."""
    return OrderAccepted(
        subject_id=subject_id,
        version=version,
        is_urgent=is_urgent,
        number="",
        item_code="",
        item_zh="",
        item_en="",
        place="",
    )


async def record(*subject_ids: int, version: int = 1, is_urgent: bool = False) -> list[int]:
    """Record a fact about each of these in one transaction; the ids in the log."""
    async with db.transaction():
        return await events.record(*(fact(each, version, is_urgent=is_urgent) for each in subject_ids))


class Noted:
    """A reaction that notes the facts that it was given, batch by batch."""

    def __init__(self) -> None:
        self.batches: list[list[tuple[int, int]]] = []

    @property
    def facts(self) -> list[tuple[int, int]]:
        """(subject, version) of each, in the order in which they came."""
        return [each for batch in self.batches for each in batch]

    @property
    def subjects(self) -> list[int]:
        return [subject_id for subject_id, _ in self.facts]

    async def __call__(self, recorded: Sequence[Recorded]) -> None:
        self.batches.append([(each.subject_id, each.version) for each in recorded])


def delivery_to(**reactions: Reaction) -> Delivery:
    """A delivery of these facts to these reactions, named as given, in this order."""
    return Delivery({OrderAccepted.name(): list(reactions)}, reactions)


def delivery_to_names(reactions: Mapping[str, Sequence[Reaction]]) -> Delivery:
    """A delivery of facts by their names to some reactions, and to no others."""
    functions = {reaction.__name__: reaction for some in reactions.values() for reaction in some}
    return Delivery({name: [each.__name__ for each in some] for name, some in reactions.items()}, functions)
