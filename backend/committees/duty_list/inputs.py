"""What a town says of its dictionary and of the lists of its committees. Unknown fields are refused."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from backend.calendars.rrules import MOST_CHARS
from backend.committees.duty_list.structs import TaskKind
from backend.geo.area_codes import COMMITTEE
from backend.structs import Write
from backend.words import at_most

CommitteeCode = Annotated[str, Meta(pattern=f"^{COMMITTEE}$", description="A residents' committee's code, 12 digits")]
RRule = Annotated[
    str, Meta(min_length=1, max_length=MOST_CHARS, description="RRULE of RFC 5545 by days, without DTSTART or times")
]
COMMITTEES_MOST = 200
"""More than any street or town has."""


class TaskTemplateDraft(Write, frozen=True, kw_only=True):
    """A task of the dictionary as it is to be; its code says which."""

    code: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}$")]
    kind: TaskKind
    name_zh: Annotated[str, at_most(60, least=1)]
    name_en: Annotated[str, at_most(100, least=1)]
    default_rrule: RRule
    item: Annotated[str, Meta(pattern="^[A-Z][0-9]{3}$", description="As what a problem is reported")] | None = None
    expected_min: Annotated[int, Meta(ge=1, le=600, description="Minutes that it takes")] = 30
    is_open: bool = True
    """A closed one stays in the lists that have it, and is taken into no other."""


class LayDown(Write, frozen=True, kw_only=True):
    """下达: a task goes into the lists of these committees, or gets a new version there. Days are Shanghai's."""

    template_id: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    committee_codes: Annotated[list[CommitteeCode], Meta(min_length=1, max_length=COMMITTEES_MOST)]
    rrule: RRule | None = None
    """As the dictionary says, unless told."""
    starts_on: date | None = None
    valid_from: date | None = None
    """Tomorrow, unless told."""
    is_on: bool = True
