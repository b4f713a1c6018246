"""The verbs of duty, by family: shifts, on call, staff, teams and named duties, positions."""

from backend.duty.service.on_call import areas_on_call, forget_ended, go_off_call, go_on_call
from backend.duty.service.positions import forget_position, forget_positions, keep_position
from backend.duty.service.shifts import end_shift, start_shift
from backend.duty.service.staff import deactivate, set_staff
from backend.duty.service.teams import set_beat, set_members, set_named_duty, set_team

__all__ = [
    "areas_on_call",
    "deactivate",
    "end_shift",
    "forget_ended",
    "forget_position",
    "forget_positions",
    "go_off_call",
    "go_on_call",
    "keep_position",
    "set_beat",
    "set_members",
    "set_named_duty",
    "set_staff",
    "set_team",
    "start_shift",
]
