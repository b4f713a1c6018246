"""The names by which an order, its place, item, unit and people are told."""

from backend.structs import Read


class PersonName(Read, frozen=True, kw_only=True):
    id: int
    name: str


class UnitName(Read, frozen=True, kw_only=True):
    id: int
    name_zh: str
    name_en: str


class ItemName(Read, frozen=True, kw_only=True):
    code: str
    name_zh: str
    name_en: str


class PlaceName(Read, frozen=True, kw_only=True):
    id: int
    kind: str
    name: str
    address: str


class Point(Read, frozen=True, kw_only=True):
    lng: float
    lat: float
