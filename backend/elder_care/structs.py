"""What elder care takes and gives. Instants in UTC, days of Shanghai."""

import re
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta

from backend.elder_care.rules import Consent, Risk, VisitOutcome, VisitWay
from backend.structs import Read, Write
from backend.words import NOTE, PERSON_NAME, at_most

LABEL_CHARS, DEVICES_MOST, WATCH_CHARS = 20, 8, 40
DOOR_CHARS, CONTACTS_CHARS, PHONE_CHARS = 200, 300, 30
LABEL_FORM = re.compile("[A-Za-z0-9-]+")


class PersonalData(Write, frozen=True, kw_only=True):
    """What is sealed of an elder."""

    name: Annotated[str, at_most(PERSON_NAME, 1)]
    door: Annotated[str, at_most(DOOR_CHARS, 1)]
    phone: Annotated[str, Meta(max_length=PHONE_CHARS)] = ""
    contacts: Annotated[str, at_most(CONTACTS_CHARS)] = ""


class ElderDraft(Write, frozen=True, kw_only=True):
    """An elder as the committee registers them, without what is sealed."""

    label: Annotated[str, Meta(min_length=1, max_length=LABEL_CHARS, pattern=f"^{LABEL_FORM.pattern}$")]
    risk: Risk
    way: VisitWay
    every_days: Annotated[int, Meta(ge=1, le=31)]
    watch: Annotated[str, Meta(max_length=WATCH_CHARS)] = ""
    devices: Annotated[list[Annotated[str, Meta(min_length=1, max_length=64)]], Meta(max_length=DEVICES_MOST)] = []
    consent: Consent
    consent_on: date
    until: date


class ElderView(Read, frozen=True, kw_only=True):
    """An elder without anything sealed: for whoever may see that there is one."""

    id: int
    area_code: str
    place_id: int
    place: str
    label: str
    risk: Risk
    way: VisitWay
    every_days: int
    watch: str
    devices: list[str]
    consent: Consent
    consent_on: date
    until: date
    paused_until: date | None
    ended_at: datetime | None
    visitors: int


class VisitorView(Read, frozen=True, kw_only=True):
    account_id: int
    name: str
    since: datetime


class OpeningView(Read, frozen=True, kw_only=True):
    """Who read what is sealed, and when."""

    name: str
    at: datetime


class VisitView(Read, frozen=True, kw_only=True):
    """A visit of a day. `place`: the house; who lives there is not in it."""

    id: int
    elder_id: int
    label: str
    place: str
    area_code: str
    risk: Risk
    way: VisitWay
    due_on: date
    due_at: datetime
    state: str
    escalated: int
    visitor_id: int | None
    visitor: str
    order_id: int | None
    last_outcome: VisitOutcome | None


class VisitCounts(Read, frozen=True, kw_only=True):
    """Of a day: what is still to be made, and what was made, missed or called off."""

    due: int
    ended: int


class RecordView(Read, frozen=True, kw_only=True):
    """What was found. `note`: for whoever has opened what is sealed of the elder, else empty."""

    outcome: VisitOutcome
    note: str
    at: datetime
    by: str


class RecordDraft(Write, frozen=True, kw_only=True):
    """What somebody found."""

    outcome: VisitOutcome
    note: Annotated[str, at_most(NOTE)] = ""


class CareFigures(Read, frozen=True, kw_only=True):
    """A committee, or a street, in numbers: for those who read nothing else. `paused`: in hospital or away."""

    area_code: str
    elders: int
    high: int
    paused: int
    due: int
    done: int
    missed: int
