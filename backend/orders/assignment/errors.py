"""States of affairs that keep an order from being given to somebody."""

from backend.errors import Invalid


class ReporterNotAllowed(Invalid):
    """The dictionary does not let this kind of reporter report this item."""

    code = "reporter-not-allowed"

    def __init__(self, item: str, allowed: list[str]) -> None:
        super().__init__(
            "该事项不由您上报,请致电热线",
            "This matter is not reported this way; please call the hotline",
            item=item,
            allowed_reporters=allowed,
        )


class UnitUnknown(Invalid):
    code = "unit-unknown"
    headline_zh, headline_en = "没有这个责任单位", "There is no such unit"


class CellOutsideArea(Invalid):
    code = "cell-outside-area"
    headline_zh, headline_en = "网格不在该区划内", "The grid cell is not within the area"


class UnitEmpty(Invalid):
    code = "unit-empty"
    headline_zh, headline_en = "该单位在此处没有处置人员", "Nobody handles orders for that unit here"


class HandlerUnknown(Invalid):
    code = "handler-unknown"
    headline_zh, headline_en = "此人不在该单位处置工单", "This person does not handle orders for that unit here"
