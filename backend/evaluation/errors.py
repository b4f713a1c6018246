from backend.errors import Conflict, Forbidden, Invalid, NotFound


class NotYourFigures(Forbidden):
    """Figures of people are read by the centre of their area, and by nobody else but themselves."""

    code = "not-your-figures"


class PersonNotMeasured(NotFound):
    """Nobody of this number has a case there in these days."""

    code = "person-not-measured"


class CaseNotCounted(NotFound):
    """The order does not count in this figure of this unit or person."""

    code = "case-not-counted"


class AppealUnknown(NotFound):
    code = "score-appeal-unknown"


class AppealTooLate(Conflict):
    """`last`: the day until which it could be made."""

    code = "score-appeal-too-late"


class AppealMadeBefore(Conflict):
    """A case is appealed once for a figure. `appeal_id`."""

    code = "score-appeal-made-before"


class AppealDecidedAlready(Conflict):
    """`state`."""

    code = "score-appeal-decided"


class AppealOfOneself(Forbidden):
    """Nobody decides on what they, or their unit, asked for."""

    code = "score-appeal-of-oneself"


class AppealOfOwnVerdict(Forbidden):
    """Whoever judged the order does not decide whether that verdict counts."""

    code = "score-appeal-of-own-verdict"


class AppealIncomplete(Invalid):
    """`field`: what is missing."""

    code = "score-appeal-incomplete"


class EvaluationSettingWrong(Invalid):
    """`field`: what cannot be; the sentence says why."""

    code = "evaluation-setting-wrong"


class EvaluationNotYours(Forbidden):
    """Weights, classes and terms are set by the administration of the town or district."""

    code = "evaluation-not-yours"
