"""The verbs of duty, by family: teams and named duties, positions."""

from backend.duty.service.positions import forget_position, forget_positions, keep_position
from backend.duty.service.teams import set_beat, set_members, set_named_duty, set_team

__all__ = [
    "forget_position",
    "forget_positions",
    "keep_position",
    "set_beat",
    "set_members",
    "set_named_duty",
    "set_team",
]
