"""How long words may be, counted in one way everywhere: in a page's box, in its form, in the API.

A browser sends the line breaks of a box as CR LF, a script and most clients send LF; people see one break. So words are
first brought into plain form (LF, no blanks around), and then their characters (Unicode code points) are counted: an
emoji or a rare Han character is one, as in JSON Schema's `maxLength`. Too long is refused and told; nothing is cut.
"""

from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from msgspec import Meta

from backend.errors import BadRequest

NOTE = 1000
"""What is told: of a report, with a move, with an answer."""
REASON = 500
"""Why something is decided."""
COMMENT = 500
"""Beside a rating."""
PLATE_NOTE = 300
PLACE_LINES = 20_000
"""A list of places, one on each line."""
SENSOR_LINES = 1_000_000
"""A file of devices, as text."""
PHOTO_REASON = 200
"""Why a photo is shown to the public, or no more."""
PHOTO_REASON_LEAST = 2
OPENING_REASON = 300
"""Why somebody has to know who complained."""
OPENING_REASON_LEAST = 5
PERSON_NAME = 60
SHOP_NAME = 100
SHOP_NOTE = 300
"""Why a shop's state changes, or a claim is refused."""
CASE_TITLE, CASE_TEXT, CASE_ADDRESS = 200, 6000, 300
"""What another system says of a case."""
KITCHEN_LINK = 300
"""Where a shop shows its kitchen."""
INDICATOR_NAME, INDICATOR_NAME_EN = 60, 120
EXPRESSION = 500
"""What an indicator counts, as it is written."""
BROADCAST_TEXT, BROADCAST_ANSWER, BROADCAST_CHOICES = 500, 300, 300
"""What a command group is told, and what it says; the answers to choose from, one a line."""
LOG_ENTRY = 1000
"""An entry of a situation log."""
POLICY_BODY = 5000
"""What a policy says to shops."""
CAMPAIGN_NAME_ZH, CAMPAIGN_NAME_EN, CAMPAIGN_ABOUT = 80, 120, 2000
CAMPAIGN_LABEL, CAMPAIGN_HINT = 120, 200
"""How a field of a campaign's form is called, and what stands beside it."""
GROUP_PEOPLE = 5000
"""Usernames of a command group, one on each line."""
TARGET_LABEL = 200
TARGET_LINES = 400_000
"""A list of targets, one on each line."""

_MOST = "most"


class WordsTooLong(BadRequest):
    """`extra`: the field, how many characters may stand there, and how many came."""

    code, text = "validation-failed", "words-too-long"
    """Of the same kind as what the decoder of a message refuses."""

    def __init__(self, most: int, length: int, field: str = "") -> None:
        super().__init__(values={"over": length - most}, field=field, most=most, length=length)


def plain(text: str) -> str:
    """The words as they are kept and counted: line breaks as LF, no blanks around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def counted(many: int, one: str, others: str) -> str:
    """A number with its English noun: 1 stop, 2 stops."""
    return f"{many} {one if many == 1 else others}"


def fitting(text: str, most: int, field: str = "") -> str:
    """The words in plain form. Raises WordsTooLong."""
    words = plain(text)
    if len(words) > most:
        raise WordsTooLong(most, len(words), field)
    return words


def at_most(most: int, least: int = 0, about: str = "") -> Meta:
    """The `Meta` of a struct's field of words, which `Write` brings into plain form and counts."""
    shown: dict[str, Any] = {"extra": {"max_length": most}}  # Litestar writes what lies under `extra` into the contract
    if about:
        shown["description"] = about
    return Meta(min_length=least or None, extra_json_schema=shown, extra={_MOST: most})


Note = Annotated[str, at_most(NOTE)]
Reason = Annotated[str, at_most(REASON, least=1)]


@cache
def fields_of(kind: type) -> dict[str, int]:
    """The fields of words of a struct, each with the most characters that it takes."""
    hints = get_type_hints(kind, include_extras=True)
    found = {name: _most_of(hint) for name, hint in hints.items()}
    return {name: most for name, most in found.items() if most}


def _most_of(hint: Any) -> int:
    if get_origin(hint) is Annotated:
        metas = [each for each in hint.__metadata__ if isinstance(each, Meta) and each.extra]
        return next((meta.extra[_MOST] for meta in metas if meta.extra and _MOST in meta.extra), 0)
    return next(filter(None, map(_most_of, get_args(hint))), 0)
