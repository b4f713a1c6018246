"""The language of volunteers: what an applicant says, what a committee decides and sees."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.structs import IdempotencyKey, Read, Write
from backend.words import Reason

CONSENT = "2026-11"
"""The version of the words to which an applicant agrees; raise it when they change."""
NAME_MOST, NUMBER_MOST, PHONE_MOST = 40, 60, 30
PLACES_MOST = 5


class VolunteerStatus(StrEnum):
    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    LEFT = "left"


class Skill(StrEnum):
    """What somebody can do that an order may need."""

    FIRST_AID = "first_aid"
    """急救"""
    ELDER_CARE = "elder_care"
    """助老"""
    REPAIR = "repair"
    """水电维修"""
    DRIVING = "driving"
    """驾驶"""
    LANGUAGE = "language"
    """外语或方言"""
    DIGITAL = "digital"
    """教用手机"""
    GREENING = "greening"
    """绿化"""
    MEDIATION = "mediation"
    """调解"""


class IdDoubt(StrEnum):
    """Why a number that is well formed should be held against the card."""

    NONE = ""
    REGION = "region"
    """It begins with the code of no province."""


class IdNumber(msgspec.Struct, frozen=True):
    """A resident's identity number as it is kept: 18 signs, the last one a digit or X."""

    number: str
    birth_on: date
    doubt: IdDoubt = IdDoubt.NONE


class Applicant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody as read from an application. Names are in plain form, phones are mobile numbers of 11 digits."""

    real_name: str
    id_number: IdNumber
    phone: str
    guardian_name: str = ""
    guardian_phone: str = ""
    """Both for somebody under 18, else empty."""


class Application(Write, frozen=True, kw_only=True):
    """What somebody writes to become a volunteer of a committee."""

    committee_code: Annotated[str, Meta(pattern="^[0-9]{12}$")]
    real_name: Annotated[str, Meta(max_length=NAME_MOST)]
    id_number: Annotated[str, Meta(max_length=NUMBER_MOST)]
    phone: Annotated[str, Meta(max_length=PHONE_MOST)]
    agrees: bool
    """That name, number and phone are kept, sealed, for this purpose: version CONSENT."""
    guardian_name: Annotated[str, Meta(max_length=NAME_MOST)] = ""
    guardian_phone: Annotated[str, Meta(max_length=PHONE_MOST)] = ""
    guardian_agrees: bool = False
    skills: list[Skill] = []
    own_place_ids: Annotated[list[int], Meta(max_length=PLACES_MOST)] = []
    """Places of the applicant's own, such as a shop."""
    idempotency_key: IdempotencyKey | None = None


class AppliedVolunteer(Read, frozen=True, kw_only=True):
    volunteer_id: int
    account_id: int
    is_new: bool
    """False where the same application came before under its key."""


class VolunteerRefusal(Write, frozen=True, kw_only=True):
    reason: Reason


class VolunteerView(Read, frozen=True, kw_only=True):
    """A volunteer as their committee's list shows them, and as they see themselves. Times in UTC."""

    id: int
    account_id: int
    committee_code: str
    status: VolunteerStatus
    masked_name: str
    is_minor: bool
    """Under 18, or perhaps so: only the year of birth is kept in the open."""
    has_guardian: bool
    id_doubt: IdDoubt
    skills: list[Skill]
    applied_at: datetime
    decided_at: datetime | None
    refusal: str
    left_at: datetime | None
    is_cleared: bool
    """Whether name, number and phones have been deleted."""


class VolunteerDetails(Read, frozen=True, kw_only=True):
    """What is sealed, opened for a committee that holds it against the card."""

    volunteer_id: int
    real_name: str
    id_number: str
    phone: str
    guardian_name: str
    guardian_phone: str


class VolunteerProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What decides what an approved volunteer may grab."""

    account_id: int
    committee_code: str
    masked_name: str
    is_minor: bool
    skills: frozenset[Skill]
