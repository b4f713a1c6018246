"""Which field of a form an error is about, so that the form that comes back marks it where it is."""

from backend.errors import AppError

_BY_CODE = {
    "item-unknown": "item",
    "reporter-not-allowed": "item",
    "photo-not-usable": "photo",
    "photo-already-used": "photo",
    "photo-under-way": "photo",
}
_IN_FORMS = {"report": "photo", "code_or_point": "where", "code_or_manual_point": "where"}
"""What errors call what is missing, as the forms name it."""


def field_of(error: AppError) -> str:
    """The first field that is missing, too long, unreadable or refused, as its form names it; empty for none."""
    said = error.extra
    named = said.get("missing") or said.get("fields") or [said.get("field", "")]
    first = next(iter(named), "")
    return _BY_CODE.get(error.code) or _IN_FORMS.get(first, first)
