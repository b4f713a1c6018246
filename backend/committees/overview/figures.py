"""Tallies and coverage as figures, each with the filter that lists what it counts. Pure."""

from msgspec.structs import replace

from backend.committees.overview.structs import Figure, FigureName, Vitals
from backend.committees.patrols.coverage import PatrolCoverage, share_proved
from backend.orders.desk import ClosedOutcome, ClosedTally, DeskFilter, DeskTab, DueWhen, ReportedTally, Week

_NOTHING_REPORTED, _NOTHING_CLOSED = ReportedTally(), ClosedTally()


def reported(tally: ReportedTally | None, within: DeskFilter, week: Week) -> Vitals:
    """What is open, and what came in this week. `within`: the filter of the area, item or place."""
    counted = tally or _NOTHING_REPORTED
    new = replace(within, since=week.first, until=week.last)
    return {
        FigureName.OPEN: Figure(value=counted.open, orders=within),
        FigureName.OVERDUE: Figure(value=counted.overdue, n=counted.open, orders=replace(within, due=DueWhen.OVERDUE)),
        FigureName.NEW: Figure(value=counted.new_open + counted.new_ended, before=counted.new_before),
        FigureName.NEW_OPEN: Figure(value=counted.new_open, orders=new),
        FigureName.NEW_ENDED: Figure(value=counted.new_ended, orders=replace(new, tab=DeskTab.ENDED)),
    }


def closed(tally: ClosedTally | None, within: DeskFilter, week: Week) -> Vitals:
    """What was closed this week, in time or late, and how long it took."""
    counted = tally or _NOTHING_CLOSED
    all_closed = replace(within, tab=DeskTab.ENDED, closed_since=week.first, closed_until=week.last)
    measured = {"n": counted.closed, "n_before": counted.closed_before, "orders": all_closed}
    return {
        FigureName.CLOSED: Figure(value=counted.closed, before=counted.closed_before, orders=all_closed),
        FigureName.ON_TIME: Figure(
            value=_share(counted.on_time, counted.closed),
            before=_share(counted.on_time_before, counted.closed_before),
            **measured,
        ),
        FigureName.LATE: Figure(
            value=counted.closed - counted.on_time,
            n=counted.closed,
            before=counted.closed_before - counted.on_time_before,
            orders=replace(all_closed, outcome=ClosedOutcome.LATE),
        ),
        FigureName.P50: Figure(value=counted.p50_min, before=counted.p50_min_before, **measured),
        FigureName.P90: Figure(value=counted.p90_min, before=counted.p90_min_before, **measured),
    }


def covered(walked: list[PatrolCoverage], area_code: str) -> Vitals:
    """How much was proved of what was to be walked this week; what lies ahead today is in neither number."""
    over = sum(each.over for each in walked)
    return {FigureName.COVERAGE: Figure(value=share_proved(walked), n=over, walked_in=area_code)}


def without_lists(vitals: Vitals) -> Vitals:
    """The same figures where no filter says what they count."""
    return {name: replace(figure, orders=None) for name, figure in vitals.items()}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
