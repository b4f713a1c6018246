"""The limits of a plan as fields of a form: a block for each rule, and one more that is empty. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar.datastructures import FormMultiDict

from backend.calendars.structs import ClockRule
from backend.routes.pages.forms import word

RULES_MOST = 12
STAGES = ("respond", "arrive", "safe", "resolve", "verify")
PRIORITIES = ("P0", "P1", "P2", "P3", "P4")
RAISES = ("P0", "P1")
_NUMBERS = ("percent", *(f"{stage}_min" for stage in STAGES))
_WORDS = ("item_prefix", "raises_to", *_NUMBERS)
EMPTY: dict[str, Any] = {**dict.fromkeys(_WORDS, ""), "priorities": [], "every_minute": False}


def typed_in(form: FormMultiDict) -> list[dict[str, Any]]:
    """The blocks in which something was said, as it was typed."""
    found = []
    for number in range(RULES_MOST):
        said: dict[str, Any] = {name: word(form, f"clock-{number}-{name}", 8) for name in _WORDS}
        said["priorities"] = [str(each)[:2] for each in form.getall(f"clock-{number}-priorities", [])]
        said["every_minute"] = word(form, f"clock-{number}-every_minute", 1) == "1"
        if word(form, f"clock-{number}-remove", 1) != "1" and said != EMPTY:
            found.append(said)
    return found


def typed_of(rule: ClockRule) -> dict[str, Any]:
    """A rule as it stands in its block."""
    said = {name: getattr(rule, name) for name in _WORDS}
    words = {name: "" if value is None else str(value) for name, value in said.items()}
    return words | {"priorities": list(rule.priorities), "every_minute": rule.every_minute}


def rules_of(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the blocks say, to be read as `ClockRule`: numbers that were not written are left out."""
    rules = []
    for said in blocks:
        numbers = {name: said[name] for name in _NUMBERS if said[name]}
        raises = {"raises_to": said["raises_to"]} if said["raises_to"] else {}
        as_said = {name: said[name] for name in ("item_prefix", "priorities", "every_minute")}
        rules.append(as_said | numbers | raises)
    return rules


def shown(blocks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The blocks of the page: one more than was said, as long as there is room."""
    return [*blocks, EMPTY][:RULES_MOST] if not blocks or blocks[-1] != EMPTY else list(blocks)
