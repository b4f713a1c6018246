"""What is fetched and in what it is counted. Pure.

The kinds are those of Shanghai's rules: 湿 wet, 干 dry, 可回收 recyclable, 装修 renovation, 大件 bulky. Hazardous waste
is not booked. A bin is one of 240 litres.
"""

from enum import StrEnum

import msgspec


class WasteKind(StrEnum):
    WET = "wet"
    DRY = "dry"
    RECYCLABLE = "recyclable"
    RENOVATION = "renovation"
    BULKY = "bulky"


class AmountUnit(StrEnum):
    BIN = "bin"
    BAG = "bag"
    M3 = "m3"
    PIECE = "piece"


class KindRule(msgspec.Struct, frozen=True):
    item_code: str
    """Of the order that a booking opens."""
    units: tuple[AmountUnit, ...]
    """In which it is booked, the usual one first."""


RULES = {
    WasteKind.WET: KindRule("C101", (AmountUnit.BIN, AmountUnit.BAG)),
    WasteKind.DRY: KindRule("C101", (AmountUnit.BIN, AmountUnit.BAG)),
    WasteKind.RECYCLABLE: KindRule("C103", (AmountUnit.BAG, AmountUnit.BIN, AmountUnit.M3, AmountUnit.PIECE)),
    WasteKind.RENOVATION: KindRule("C102", (AmountUnit.M3, AmountUnit.BAG)),
    WasteKind.BULKY: KindRule("C103", (AmountUnit.PIECE, AmountUnit.M3)),
}
LITRES = {AmountUnit.BIN: 240, AmountUnit.BAG: 40, AmountUnit.M3: 1000, AmountUnit.PIECE: 300}
"""How much of a vehicle one of these fills."""
AMOUNT_MOST = 99
"""Of one booking; more is another booking, or a vehicle of its own."""


def litres_of(amount: int, unit: AmountUnit) -> int:
    """How much of a vehicle an amount fills."""
    return amount * LITRES[unit]


def is_counted_in(kind: WasteKind, unit: AmountUnit) -> bool:
    return unit in RULES[kind].units
