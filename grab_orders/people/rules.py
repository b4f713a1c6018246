"""Pure questions about volunteers: a name, a mobile number, an age, a committee."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from backend.geo.area_codes import COMMITTEE_CHARS
from grab_orders.people.errors import ConsentMissing, GuardianMissing, MobileNumberWrong, PersonalNameWrong, TooYoung
from grab_orders.people.identity_numbers import read_id_number
from grab_orders.people.structs import Applicant, Application

ADULT_YEARS, LEAST_YEARS = 18, 16
_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")
_DOTS = str.maketrans(dict.fromkeys("•‧・∙⋅●", "·"))
_HAN = r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]"
_BETWEEN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_BESIDE_LETTERS = " ·'.-"
_LEAST_LETTERS = 2


def read_applicant(draft: Application, today: date) -> Applicant:
    """Who applies, in plain form. `today`: in Shanghai.

    Raises ConsentMissing, PersonalNameWrong, IdNumberWrong, MobileNumberWrong, TooYoung, GuardianMissing.
    """
    if not draft.agrees:
        raise ConsentMissing
    number = read_id_number(draft.id_number, today)
    person = Applicant(real_name=read_name(draft.real_name), id_number=number, phone=read_mobile(draft.phone))
    years = age_on(number.birth_on, today)
    if years < LEAST_YEARS:
        raise TooYoung(least=LEAST_YEARS)
    if years >= ADULT_YEARS:
        return person
    if not (draft.guardian_agrees and draft.guardian_name.strip() and draft.guardian_phone.strip()):
        raise GuardianMissing
    return Applicant(
        real_name=person.real_name,
        id_number=number,
        phone=person.phone,
        guardian_name=read_name(draft.guardian_name),
        guardian_phone=read_mobile(draft.guardian_phone),
    )


def read_name(typed: str) -> str:
    """A person's name in plain form: 张 三 as 张三, every kind of dot between names as ·. Raises PersonalNameWrong."""
    narrow = unicodedata.normalize("NFKC", typed).translate(_DOTS)
    name = _BETWEEN_HAN.sub("", " ".join(narrow.split()))
    letters = [sign for sign in name if unicodedata.category(sign)[0] in "LM"]
    if len(letters) < _LEAST_LETTERS or any(sign not in _BESIDE_LETTERS for sign in name if sign not in letters):
        raise PersonalNameWrong
    return name


def read_mobile(typed: str) -> str:
    """A mainland mobile number as 11 digits, whatever stood before and between them. Raises MobileNumberWrong."""
    narrow = unicodedata.normalize("NFKC", typed)
    found = _MOBILE.fullmatch(re.sub(r"[\s()\-‐-―]", "", narrow))
    if found is None:
        raise MobileNumberWrong
    return found[1]


def committee_among(areas: Iterable[str], within: str = "") -> str | None:
    """The first committee among the areas where somebody is a volunteer. `within`: an area in which it has to lie."""
    return next((area for area in areas if len(area) == COMMITTEE_CHARS and area.startswith(within)), None)


def age_on(birth_on: date, today: date) -> int:
    """Whole years."""
    return today.year - birth_on.year - ((today.month, today.day) < (birth_on.month, birth_on.day))


def may_be_minor(birth_year: int | None, today: date) -> bool:
    """Whether somebody of this year may be under 18: so until the year is over in which they come of age.

    Of whom nothing is known, nothing is said.
    """
    return birth_year is not None and today.year - birth_year <= ADULT_YEARS
