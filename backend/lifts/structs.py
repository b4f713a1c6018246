"""What the register of lifts takes and gives. Days are of Shanghai."""

import re
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta

from backend.lifts.rules import DueDay, LiftStanding, due_days, standing
from backend.structs import Read, Write

NUMBER_CHARS, LABEL_CHARS, PHONE_CHARS = 40, 100, 30
PHONE_FORM = re.compile(r"[0-9 +-]*")


class LiftDraft(Write, frozen=True, kw_only=True):
    """A lift as somebody registers it."""

    lift_no: Annotated[str, Meta(min_length=1, max_length=NUMBER_CHARS)]
    label: Annotated[str, Meta(max_length=LABEL_CHARS)] = ""
    maintenance_unit_id: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    property_unit_id: Annotated[int, Meta(ge=1, le=2**63 - 1)] | None = None
    phone: Annotated[str, Meta(max_length=PHONE_CHARS, pattern=f"^{PHONE_FORM.pattern}$")] = ""
    """Of the maintenance company, day and night: it stands in every cabin."""
    inspect_by: date
    maintained_on: date
    maintain_days: Annotated[int, Meta(ge=1, le=60)] = 15
    is_in_use: bool = True


class LiftView(Read, frozen=True, kw_only=True):
    """A lift with where it is and who looks after it. No person stands in it."""

    id: int
    place_id: int
    place: str
    area_code: str
    grid_code: str
    lng: float
    lat: float
    lift_no: str
    label: str
    maintenance_unit_id: int
    maintenance_zh: str
    maintenance_en: str
    property_unit_id: int | None
    property_zh: str
    property_en: str
    phone: str
    inspect_by: date
    maintained_on: date
    maintain_days: int
    is_in_use: bool
    notified_on: date | None
    overdue_order_id: int | None

    @property
    def due(self) -> tuple[DueDay, DueDay]:
        return due_days(self.inspect_by, self.maintained_on, self.maintain_days)

    def standing(self, today: date) -> LiftStanding:
        """Of a lift that is not in use nothing is due."""
        return standing(self.due, today) if self.is_in_use else LiftStanding.FINE


class LiftChangeView(Read, frozen=True, kw_only=True):
    field: str
    before: str
    after: str
    at: datetime
    by: str
