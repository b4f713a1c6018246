"""Which field an error is about, as its form names it."""

import pytest

from backend.errors import AppError, Conflict
from backend.items.errors import ItemUnknown
from backend.orders.model.errors import EvidenceMissing, ReasonMissing
from backend.reports.errors import PlaceMissing
from backend.routes.pages.marked_fields import field_of
from backend.routes.pages.staff.form_reading import FieldsMissing, FieldUnreadable
from backend.words import WordsTooLong
from media.errors import PhotosNotUsable

FIELDS: list[tuple[AppError, str]] = [
    (EvidenceMissing({"report": 1}), "photo"),
    (EvidenceMissing({"after": 1, "before": 1}), "after"),
    (FieldsMissing(["reason", "note"]), "reason"),
    (FieldUnreadable(["minutes"]), "minutes"),
    (WordsTooLong(10, 12, "description"), "description"),
    (ReasonMissing(), "note"),
    (PlaceMissing(), "where"),
    (ItemUnknown("Z999"), "item"),
    (PhotosNotUsable(["1"]), "photo"),
    (Conflict(), ""),
]


@pytest.mark.parametrize(("error", "field"), FIELDS, ids=lambda value: str(value))
def test_an_error_names_the_field_that_it_is_about(error: AppError, field: str) -> None:
    assert field_of(error) == field
