"""The life of a finding, as a table to read aloud: who makes which move, from where to where, needing what. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class FindingState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    FIXED = "fixed"
    APPEALED = "appealed"
    STRUCK = "struck"


class FindingMove(StrEnum):
    OPEN = "open"
    ANSWER = "answer"
    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    STRIKE = "strike"
    ESCALATE = "escalate"


class FindingAuthority(StrEnum):
    OWNER = "owner"
    """Whoever acts for the shop."""
    INSPECTOR = "inspector"
    """Whoever may inspect there and does not act for the shop."""
    PANEL = "panel"
    """Whoever decides appeals there, and neither found it nor acts for the shop."""
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class FindingRule:
    """One line. `needs_photo`, `needs_reason`: what whoever makes the move brings."""

    move: FindingMove
    zh: str
    source: FindingState
    target: FindingState
    who: FindingAuthority
    needs_photo: bool = False
    needs_reason: bool = False


_OPEN, _ANSWERED, _APPEALED = FindingState.OPEN, FindingState.ANSWERED, FindingState.APPEALED
FINDING_TABLE: tuple[FindingRule, ...] = (
    FindingRule(FindingMove.ANSWER, "已整改", _OPEN, _ANSWERED, FindingAuthority.OWNER, needs_photo=True),
    FindingRule(FindingMove.PASS, "复查合格", _ANSWERED, FindingState.FIXED, FindingAuthority.INSPECTOR),
    FindingRule(FindingMove.FAIL, "复查不合格", _ANSWERED, _OPEN, FindingAuthority.INSPECTOR, needs_reason=True),
    FindingRule(FindingMove.APPEAL, "申诉", _OPEN, _APPEALED, FindingAuthority.OWNER, needs_reason=True),
    FindingRule(FindingMove.UPHOLD, "维持", _APPEALED, _OPEN, FindingAuthority.PANEL, needs_reason=True),
    FindingRule(FindingMove.STRIKE, "撤销", _APPEALED, FindingState.STRUCK, FindingAuthority.PANEL, needs_reason=True),
    FindingRule(FindingMove.ESCALATE, "逾期上报", _OPEN, _OPEN, FindingAuthority.SYSTEM),
)
_BY_MOVE = {rule.move: rule for rule in FINDING_TABLE}


def finding_rule(move: FindingMove) -> FindingRule:
    return _BY_MOVE[move]


def finding_moves_from(state: FindingState) -> list[FindingRule]:
    """What may happen next, whoever does it."""
    return [rule for rule in FINDING_TABLE if rule.source is state]
