from backend.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound, Phrase


class ExpressionWrong(Invalid):
    """An expression says what is not in the language. `position`: the character, from 1; `part`: what it is."""

    code = "expression-wrong"

    def __init__(self, reason: str, position: int, part: str = "", field: str = "") -> None:
        """`reason`: what is wrong, the last word of a sentence of the catalogue, `expression.<reason>`."""
        super().__init__(
            values={"reason": Phrase(f"expression.{reason}", {"part": part})},
            position=position,
            part=part,
            why=reason,
            field=field,
        )
        self.reason, self.position, self.part = reason, position, part


class IndicatorUnknown(NotFound):
    """No such indicator, or one of a town that the reader does not see."""

    code = "indicator-unknown"


class IndicatorIncomplete(BadRequest):
    code = "indicator-incomplete"


class IndicatorCodeTaken(Conflict):
    """A code names one indicator everywhere: it ships with Yima, or another area has it."""

    code = "indicator-code-taken"


class IndicatorUnchanged(Conflict):
    """The definition says what the version before says."""

    code = "indicator-unchanged"


class IndicatorRetired(Conflict):
    code = "indicator-retired"


class TooManyIndicators(Conflict):
    """An area has as many indicators of its own as it may have at once."""

    code = "too-many-indicators"


class TooManyVersions(Conflict):
    """An indicator was changed as often as it may be."""

    code = "too-many-versions"


class NotYourIndicators(Forbidden):
    """Figures of an area outside one's grants, or a town that one does not decide for."""

    code = "not-your-indicators"


class FiguresTooMany(BadRequest):
    """So many subjects, each with so many indicators, are more than one answer holds."""

    code = "figures-too-many"


class PeriodWrong(BadRequest):
    """The days cannot be read, or are too many."""

    code = "period-wrong"
