"""The verbs of the accounts room, by family: sessions, staff, duty."""

from backend.accounts.service.duty import add_unit, end_shift, start_shift
from backend.accounts.service.sessions import open_device_session, refresh, sign_in, sign_out
from backend.accounts.service.staff import create_staff, deactivate, grant, set_password

__all__ = [
    "add_unit",
    "create_staff",
    "deactivate",
    "end_shift",
    "grant",
    "open_device_session",
    "refresh",
    "set_password",
    "sign_in",
    "sign_out",
    "start_shift",
]
