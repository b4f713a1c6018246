"""Where a figure of an overview is looked at: the desk's list of what it counts, or the page of patrols."""

from backend.committees.overview.structs import Figure
from backend.geo.area_codes import COMMITTEE_CHARS
from backend.orders.desk import WEEK_DAYS
from backend.routes.actions.desk_filters import write_filter


def list_of(figure: Figure) -> str | None:
    """The path of the page; None where there is no list."""
    if figure.orders is not None:
        return f"/desk?{write_filter(figure.orders)}"
    if figure.walked_in is None:
        return None
    one = f"committee={figure.walked_in}&" if len(figure.walked_in) == COMMITTEE_CHARS else ""
    return f"/patrols/coverage?{one}days={WEEK_DAYS}"
