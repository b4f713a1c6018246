"""Why no model is trained, or no correction kept."""

from backend.errors import Invalid


class ItemUnknown(Invalid):
    """`extra`: the code that the dictionary does not have."""

    code = "correction-item-unknown"
