"""Who reads the register, who writes it, and who notes that the work was done."""

from backend.accounts.structs import Actor, Role
from backend.geo.area_sql import within_any
from backend.lifts.structs import LiftView
from backend.sql import Sql, sql

READERS = (Role.INSPECTOR, Role.COMMITTEE, Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
KEEPERS = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
_OF_UNIT = "(:reader_unit::bigint IN (lift.maintenance_unit_id, lift.property_unit_id) AND {within})"


def sees(actor: Actor, lift: LiftView) -> bool:
    """Whoever looks after its area, and whoever works there for one of its two units."""
    return actor.holds(lift.area_code, *READERS) or _is_of(actor, lift, lift.maintenance_unit_id, lift.property_unit_id)


def keeps(actor: Actor, area_code: str) -> bool:
    return actor.holds(area_code, *KEEPERS)


def notes_work(actor: Actor, lift: LiftView) -> bool:
    """Whether somebody may write down that it was maintained: its company, and whoever keeps the register."""
    return keeps(actor, lift.area_code) or _is_of(actor, lift, lift.maintenance_unit_id)


def reads_some(actor: Actor) -> bool:
    return bool(actor.areas_of(*READERS)) or (actor.unit_id is not None and bool(actor.areas_of(Role.HANDLER)))


def visible_to(actor: Actor) -> Sql:
    """The same as `sees`, of a statement with `lift` and `place`."""
    by_area = within_any("place.area_id", actor.areas_of(*READERS), "reader_area")
    if actor.unit_id is None:
        return by_area
    within = within_any("place.area_id", actor.areas_of(Role.HANDLER), "reader_unit_area")
    of_unit = sql(_OF_UNIT, within=within, reader_unit=actor.unit_id)
    return sql("({by_area} OR {of_unit})", by_area=by_area, of_unit=of_unit)


def _is_of(actor: Actor, lift: LiftView, *unit_ids: int | None) -> bool:
    return actor.unit_id is not None and actor.unit_id in unit_ids and actor.holds(lift.area_code, Role.HANDLER)
