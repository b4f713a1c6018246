"""Where a figure of an overview is looked at: the desk's list of what it counts, or the page of patrols."""

from backend.accounts.structs import Actor
from backend.committees.overview.structs import Figure
from backend.committees.patrols import rules as patrols
from backend.orders.desk import WEEK_DAYS
from backend.routes.actions.desk_filters import write_filter


def list_of(figure: Figure, reader: Actor) -> str | None:
    """The path of the page; None where there is no list, or the reader may not see it."""
    if figure.orders is not None:
        return f"/desk?{write_filter(figure.orders)}"
    if figure.walked_in is None or not patrols.may_oversee(reader, figure.walked_in):
        return None
    return f"/patrols/coverage?area={figure.walked_in}&days={WEEK_DAYS}"
