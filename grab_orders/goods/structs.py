"""The language of the points shop."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.structs import Read, Write
from backend.words import at_most

NAME_ZH_MOST, NAME_EN_MOST, STOCK_MOST = 60, 100, 100_000


class ExchangeState(StrEnum):
    RESERVED = "reserved"
    """Paid with points, and put aside until it is fetched."""
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"


class GoodsDraft(Write, frozen=True, kw_only=True):
    """Something to be given for points, in a town or a committee."""

    area_code: Annotated[str, Meta(pattern="^([0-9]{9}|[0-9]{12})$")]
    name_zh: Annotated[str, at_most(NAME_ZH_MOST, least=1)]
    name_en: Annotated[str, at_most(NAME_EN_MOST)] = ""
    points: Annotated[int, Meta(ge=1, le=100_000)]
    stock: Annotated[int, Meta(ge=0, le=STOCK_MOST)] = 0


class GoodsView(Read, frozen=True, kw_only=True):
    id: int
    area_code: str
    name_zh: str
    name_en: str
    points: int
    stock: int
    is_on: bool


class ExchangeView(Read, frozen=True, kw_only=True):
    """One piece for one person. Times in UTC."""

    id: int
    account_id: int
    masked_name: str
    name_zh: str
    name_en: str
    points: int
    state: ExchangeState
    reserved_at: datetime
    ended_at: datetime | None
    reason: str
