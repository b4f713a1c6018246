"""The dictionary's spoken language."""

from enum import StrEnum

from backend.structs import Read


class Clock(StrEnum):
    """Which minutes count: all of them, those of the daily service window, or those of working time."""

    ALWAYS = "always"
    SERVICE = "service"
    WORK = "work"


class ItemView(Read, frozen=True, kw_only=True):
    """One sub-item of the dictionary, such as A101 badly parked bicycles."""

    code: str
    category_code: str
    category_zh: str
    category_en: str
    item_code: str
    item_zh: str
    item_en: str
    name_zh: str
    name_en: str
    reporter_roles: list[str]
    handler_unit_type: str
    dispatch_mode: str
    clock: Clock
    respond_min: int
    resolve_min: int
    report_photos_min: int
    before_photos_min: int
    after_photos_min: int
    checkin_required: bool
    checkin_radius_m: int
    verify_mode: str
    priority: str


class RuleView(Read, frozen=True, kw_only=True):
    """A responsibility rule: for one item, or for every item of a unit type, within an area prefix."""

    id: int
    item_code: str | None
    unit_type: str | None
    area_code: str
    unit_id: int
