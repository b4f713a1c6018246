"""States of affairs that keep an order from being given to somebody."""

from backend.errors import Invalid


class ReporterNotAllowed(Invalid):
    """The dictionary does not let this kind of reporter report this item."""

    code = "reporter-not-allowed"

    def __init__(self, item: str, allowed: list[str]) -> None:
        super().__init__(item=item, allowed_reporters=allowed)


class UnitUnknown(Invalid):
    code = "unit-unknown"


class CellOutsideArea(Invalid):
    code = "cell-outside-area"


class UnitEmpty(Invalid):
    code = "unit-empty"


class HandlerUnknown(Invalid):
    code = "handler-unknown"
