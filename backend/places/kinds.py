"""The words for what a place and an area are."""

from enum import StrEnum


class PlaceKind(StrEnum):
    """What can carry a code: 门牌, 商铺, 点位."""

    DOORPLATE = "doorplate"
    STOREFRONT = "storefront"
    POINT = "point"


class AreaLevel(StrEnum):
    """区, 街镇, 居村; told by the length of the national code."""

    DISTRICT = "district"
    TOWN = "town"
    COMMITTEE = "committee"


LEVEL_BY_LENGTH = {6: AreaLevel.DISTRICT, 9: AreaLevel.TOWN, 12: AreaLevel.COMMITTEE}
