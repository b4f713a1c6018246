"""Facts about exchanges, in the past tense."""

from typing import ClassVar

from backend.events.facts import Fact


class ExchangeFact(Fact, frozen=True, kw_only=True):
    """`subject_id`: the exchange. `area_code`: the committee. `account_ids`: whose it is."""

    subject: ClassVar[str] = "exchange"
    account_id: int
    goods_id: int
    points: int
    acted_by_id: int | None = None


class GoodsReserved(ExchangeFact, frozen=True, kw_only=True):
    pass


class GoodsHandedOver(ExchangeFact, frozen=True, kw_only=True):
    pass


class ExchangeCancelled(ExchangeFact, frozen=True, kw_only=True):
    """The points went back, and the piece into the stock."""

    reason: str
