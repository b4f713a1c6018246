"""The language of duty: where an order lies, who could take it there, and who gets it."""

from datetime import datetime
from enum import StrEnum

import msgspec

from backend.geo.lonlat import LonLat
from backend.structs import Read, Write


class Strength(StrEnum):
    """How firmly an order is tied to a person."""

    ROSTER = "roster"
    """点到人: whoever is on duty there."""
    NAMED = "named"
    """定到人: the person named for this item and beat."""
    WATCHED = "watched"
    """盯到人: the same, and a supervisor who is told at every stage."""
    POOL = "pool"
    """Every handler of a unit that keeps no roster."""
    OFFERED = "offered"
    """抢单池: whoever is on call there and takes it first."""
    CENTRE = "centre"
    """城运中心: nobody there could take it; the dispatchers decide."""


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """Where an order lies, and about what it is."""

    item_code: str
    area_code: str
    grid_code: str
    point: LonLat | None


class OnDuty(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody on duty, with all that the ranking asks for."""

    account_id: int
    since: datetime
    area_code: str
    """Of the shift, a prefix."""
    load: int
    """Orders held that are not done yet, counted up to LOAD_SEEN."""
    team_id: int | None = None
    """The team of whose beat the grid cell is."""
    point: LonLat | None = None
    accuracy_m: float | None = None
    fix_at: datetime | None = None


class OnDutyWithin(Read, frozen=True, kw_only=True):
    """Somebody on duty anywhere in an area, on the list that is in force there. `roster`: '' is the usual one."""

    account_id: int
    unit_id: int
    area_code: str
    roster: str
    since: datetime


class DutyNow(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody is on duty, or else on call, at one instant."""

    is_on_duty: bool
    since: datetime
    area_code: str
    point: LonLat | None = None
    accuracy_m: float | None = None
    fix_at: datetime | None = None


class NamedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """The most specific named duty whose person can act there."""

    id: int
    account_id: int
    supervisor_id: int | None = None
    team_id: int | None = None


class Availability(msgspec.Struct, frozen=True, kw_only=True):
    """Who of one unit could take an order at a post, at one instant."""

    unit_id: int
    named: NamedPerson | None = None
    on_duty: list[OnDuty] = []


class Reserve(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked when nobody is named and nobody on duty: the unit as a whole, and who begins with the clock."""

    keeps_roster: bool
    has_handlers: bool
    on_duty: list[OnDuty] = []
    """At the instant from which the order's clock counts."""


class Assignment(Read, frozen=True, kw_only=True):
    """Who gets an order, and how firmly."""

    strength: Strength
    unit_id: int | None = None
    handler_id: int | None = None
    supervisor_id: int | None = None
    rule_id: int | None = None
    named_id: int | None = None
    team_id: int | None = None

    @property
    def is_owned(self) -> bool:
        """Whether somebody other than the centre has it."""
        return self.strength is not Strength.CENTRE

    def as_detail(self) -> dict[str, object]:
        """What the step that gave the order remembers of it."""
        fields = {"strength": self.strength.value, "rule": self.rule_id, "named": self.named_id, "team": self.team_id}
        return {name: value for name, value in fields.items() if value is not None}


class OnCallView(Read, frozen=True, kw_only=True):
    """Somebody who waits for orders to grab. `area_code`: of a committee, or of a whole town."""

    account_id: int
    area_code: str
    since: datetime
    until: datetime
    skills: list[str] = []


class TeamDraft(Write, frozen=True, kw_only=True):
    """A team to be, of one unit."""

    unit_id: int
    code: str
    name_zh: str
    name_en: str | None = None


class NamedDutyDraft(Write, frozen=True, kw_only=True):
    """Somebody to be named: for one item or for all (None), within a team's beat or an area prefix, not both."""

    unit_id: int
    account_id: int
    item_code: str | None = None
    team_id: int | None = None
    area_code: str | None = None
    supervisor_id: int | None = None
