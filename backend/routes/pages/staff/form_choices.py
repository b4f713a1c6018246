"""What an open form of a move offers to choose from: units, people of a unit, orders that may be the same case."""

from dataclasses import dataclass, field
from datetime import datetime

from backend.accounts import queries as accounts
from backend.accounts.structs import UnitLabel
from backend.geo.lonlat import LonLat
from backend.orders.reads.views import OrderDetail
from backend.reports import candidates
from backend.reports.structs import Candidate, CaseLocation
from backend.routes.pages.staff.form_reading import TransitionDraft
from backend.routes.pages.staff.transition_forms import TransitionForm


@dataclass(frozen=True, slots=True)
class FormChoices:
    units: list[UnitLabel] = field(default_factory=list)
    unit_id: int | None = None
    """The unit that is chosen, whose people are offered."""
    handlers: dict[int, str] = field(default_factory=dict)
    orders: list[Candidate] = field(default_factory=list)


async def choices_of(move: TransitionForm, order: OrderDetail, draft: TransitionDraft, now: datetime) -> FormChoices:
    """Read what this form needs and nothing else."""
    field_names = {each.name for each in move.fields}
    units = await accounts.list_units(order.area_code) if "unit_id" in field_names else []
    said, known = draft.said("unit_id"), {str(unit.id): unit.id for unit in units}
    unit_id = known.get(said, order.unit.id if order.unit and not said else None)
    handlers = unit_id is not None and "handler_id" in field_names
    return FormChoices(
        units=units,
        unit_id=unit_id,
        handlers=await accounts.list_handler_names(unit_id, order.area_code) if handlers and unit_id else {},
        orders=await _alike(order, now) if "into_id" in field_names else [],
    )


async def _alike(order: OrderDetail, now: datetime) -> list[Candidate]:
    """Open orders about the same matter at or near the same place."""
    place_id = order.place.id if order.place else None
    spot = CaseLocation(point=LonLat(order.point.lng, order.point.lat), place_id=place_id)
    found = await candidates.list_candidates(spot, order.item.code, now)
    return [other for other in found if other.order_id != order.id and other.closed_at is None]
