"""What the hotline's words mean: kinds of cases with their working days, codes of formal acts. Pure."""

from enum import StrEnum


class CaseKind(StrEnum):
    """诉求类型: what a case of the upper platform is, which says how long there is for it."""

    CONSULT = "consult"
    SUGGESTION = "suggestion"
    SUPERVISED = "supervised"
    REVIEW = "review"
    HELP = "help"
    COMPLAINT = "complaint"
    POLICE = "police"
    """110 非警务: what somebody told the police and is none of theirs."""


KINDS_ZH = {
    "咨询": CaseKind.CONSULT,
    "意见建议": CaseKind.SUGGESTION,
    "督办": CaseKind.SUPERVISED,
    "回访复核": CaseKind.REVIEW,
    "求助": CaseKind.HELP,
    "投诉": CaseKind.COMPLAINT,
    "非警务": CaseKind.POLICE,
}
"""As they stand on the wire."""
_DAYS = {CaseKind.CONSULT: 1, CaseKind.SUGGESTION: 1, CaseKind.SUPERVISED: 3, CaseKind.REVIEW: 3}
_ORDINARY_DAYS, _COMPLEX_DAYS = 5, 15
CONTACT_DAYS = 1
"""先行联系: within so many working days somebody speaks with the citizen."""
EXTENSION_MOST_DAYS = 30


def working_days(kind: CaseKind, *, is_complex: bool) -> int:
    """1-3-5-15: within how many working days a case is answered."""
    return _COMPLEX_DAYS if is_complex else _DAYS.get(kind, _ORDINARY_DAYS)


class ContactResult(StrEnum):
    REACHED = "reached"
    UNREACHED = "unreached"


class ActKind(StrEnum):
    """What is asked of the upper platform, which decides."""

    RETURN = "return"
    """退单: the case is not for us."""
    EXTENSION = "extension"
    """延期: more working days."""


class ReturnCode(StrEnum):
    """退单 codes, as the platform lists them."""

    NOT_OUR_DUTY = "R01"
    NOT_OUR_AREA = "R02"
    UNCLEAR = "R03"
    DUPLICATE = "R04"
    IN_PROCEEDINGS = "R05"


class ExtensionCode(StrEnum):
    """延期 codes, as the platform lists them."""

    SEVERAL_UNITS = "D01"
    WORKS = "D02"
    CITIZEN_AGREED = "D03"
    WEATHER = "D04"


class TaskEnd(StrEnum):
    """How a case ended for us."""

    SOLVED = "solved"
    """The platform's call-back said so."""
    RETURNED = "returned"
    """It took the case back."""
    ANSWERED = "answered"
    """Nobody calls back, and ours is over."""
