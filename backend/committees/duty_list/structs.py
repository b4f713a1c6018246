"""The language of the duty list: tasks of a town's dictionary, and the versions in force in a committee's list."""

from datetime import date
from enum import StrEnum

from backend.structs import Read


class TaskKind(StrEnum):
    """What sort of task it is."""

    THREE_PATROLS = "three_patrols"
    """三巡三防: the committee's rounds for fire, theft and accidents."""
    FIRE_LANE = "fire_lane"
    FLOOD_POINT = "flood_point"
    SINGLE_ELDER = "single_elder"
    """独居老人: a call at the door of somebody old who lives alone."""
    FACILITY = "facility"
    OTHER = "other"


class TaskTemplateRead(Read, frozen=True, kw_only=True):
    """A task in the dictionary of a street or town."""

    id: int
    area_code: str
    code: str
    kind: TaskKind
    name_zh: str
    name_en: str
    item: str | None
    """The sub-item as which a problem found in it is reported."""
    default_rrule: str
    expected_min: int
    is_open: bool


class DutyVersion(Read, frozen=True, kw_only=True):
    """What is decided for a task of a list: `rrule` in its one form, days in Shanghai."""

    rrule: str
    starts_on: date
    valid_from: date
    is_on: bool = True


class DutyEntryRead(Read, frozen=True, kw_only=True):
    """One version of a task in a committee's list. `starts_on`, `valid_from`: days in `zone`."""

    id: int
    committee_code: str
    template_id: int
    code: str
    kind: TaskKind
    name_zh: str
    name_en: str
    item: str | None
    expected_min: int
    version: int
    rrule: str
    starts_on: date
    zone: str
    is_on: bool
    valid_from: date
