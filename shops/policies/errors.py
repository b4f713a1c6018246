"""What stops a policy."""

from backend.errors import Conflict, Forbidden, Invalid, NotFound


class PolicyNotFound(NotFound):
    """Not there, or not for this reader."""

    code = "policy-not-found"


class PoliciesNotYours(Forbidden):
    """Not one of those who write policies for that area."""

    code = "policies-not-yours"


class PolicySentBefore(Conflict):
    code = "policy-sent-before"


class PolicyForNobody(Conflict):
    """No shop fits, or none that fits has people."""

    code = "policy-for-nobody"


class PolicyRuleEmpty(Invalid):
    """The days or the sizes are the wrong way round: nobody could fit."""

    code = "policy-rule-empty"


class PolicyOver(Conflict):
    """Withdrawn, or its last day has passed."""

    code = "policy-over"
