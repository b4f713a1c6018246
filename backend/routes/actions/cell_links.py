"""Where a cell of a map of counts leads, and what it says of itself, for `partials/grid_map.html`."""

from collections.abc import Callable
from typing import Any

from backend.orders.desk import DeskFilter
from backend.routes.actions.desk_filters import write_filter
from backend.web.views.grid_map import MapCell
from backend.web.views.page import PageContext


def desk_cells(page: PageContext, within: DeskFilter, called: Callable[[str], str] = str) -> dict[str, Any]:
    """To the desk's list of what was counted. `called`: what to call a cell or an area, by its code."""

    def href(cell: MapCell) -> str:
        words = write_filter(within, grid=cell.code) if cell.is_grid else write_filter(within, area=cell.code)
        return f"/desk?{words}"

    def title(cell: MapCell) -> str:
        return f"{called(cell.code)} {page.t('desk.cell', n=cell.count, late=cell.overdue)}"

    return {"cell_href": href, "cell_title": title}
