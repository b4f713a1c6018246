"""The row of the desk that its reader works in: where it stood, what became of it, and what stood in the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.errors import AppError
from backend.orders.desk import DeskOrder
from backend.orders.model.states import State
from backend.web.views.page import PageContext

GRANTED, REFUSED, REASSIGNED = "granted", "refused", "reassigned"
DONE = (GRANTED, REFUSED, REASSIGNED)
_ROWS_MOST = 200
_ID_DIGITS = 18


@dataclass(frozen=True, slots=True)
class RowFocus:
    order_id: int = 0
    row: int = 0
    """Where it stood in the list, counted from nothing: there it is shown again, whatever the list looks like now."""
    is_open: bool = False
    """Whether it asks whom to give the order to."""
    done: str = ""
    problem: AppError | None = None
    reason: str = ""
    """What was written in a form that was refused."""


@dataclass(frozen=True, slots=True)
class RowNews:
    title: str
    back: str
    """How to take it back."""


def focus_of(query: Mapping[str, str]) -> RowFocus:
    """What the address says of a row; nothing where it names none."""
    order_id, row = (_number(query.get(name, "")) for name in ("order", "row"))
    done = query.get("done", "")
    focus = RowFocus(order_id, min(row, _ROWS_MOST), "open" in query, done if done in DONE else "")
    return focus if order_id and (focus.is_open or focus.done) else RowFocus()


def placed(orders: Sequence[DeskOrder], focused: DeskOrder, row: int) -> list[DeskOrder]:
    """The list with one order where it stood, so that nothing moves away under whoever works in it."""
    others = [order for order in orders if order.id != focused.id]
    return [*others[:row], focused, *others[row:]]


def news_of(order: DeskOrder, focus: RowFocus, page: PageContext) -> RowNews | None:
    """What became of the order, by what it is now, and the way back."""
    if not focus.done:
        return None
    kind = focus.done
    if kind == GRANTED:
        kind = "granted_suspension" if order.state == State.SUSPENDED else "granted_extension"
    at = page.moment(order.resolve_by) if order.resolve_by else ""
    title = page.t(f"desk.row.{kind}", at=at, who=_owner(order, page))
    if kind == "granted_extension" and order.due_stage == "safe" and order.due_at:
        title = f"{title} {page.t('desk.row.safe_stays', at=page.moment(order.due_at))}"
    return RowNews(title, page.t(f"desk.row.back.{kind}"))


def _owner(order: DeskOrder, page: PageContext) -> str:
    if order.handler is not None:
        return order.handler.name
    return page.pick(order.unit.name_zh, order.unit.name_en) if order.unit else page.t("desk.at_centre")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _ID_DIGITS else 0
