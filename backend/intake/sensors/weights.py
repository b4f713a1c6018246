"""How far a device is believed, by what became of its alarms. Pure."""

_BELIEVED_AT_FIRST = 2.0
DOUBTED_BELOW = 0.5


def weight_of(right: int, wrong: int) -> float:
    """From 0 to 1: a new device counts as one that was right twice, so that three wrong alarms in a row are doubted."""
    believed = right + _BELIEVED_AT_FIRST
    return believed / (believed + wrong)


def is_doubted(right: int, wrong: int) -> bool:
    """Whether its alarms go to a person, who decides, instead of being dispatched."""
    return weight_of(right, wrong) < DOUBTED_BELOW
