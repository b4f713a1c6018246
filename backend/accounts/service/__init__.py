"""The verbs of the accounts room, by family: sessions, staff, roles, leaving, credentials, duty."""

from backend.accounts.service.credentials import issue_passwords, set_password, unlock
from backend.accounts.service.duty import add_unit, end_shift, start_shift
from backend.accounts.service.leaving import deactivate
from backend.accounts.service.roles import grant, ungrant
from backend.accounts.service.sessions import open_device_session, refresh, sign_in, sign_out
from backend.accounts.service.staff import create_staff, set_staff
from backend.accounts.service.traces import list_traces

__all__ = [
    "add_unit",
    "create_staff",
    "deactivate",
    "end_shift",
    "grant",
    "issue_passwords",
    "list_traces",
    "open_device_session",
    "refresh",
    "set_password",
    "set_staff",
    "sign_in",
    "sign_out",
    "start_shift",
    "ungrant",
    "unlock",
]
