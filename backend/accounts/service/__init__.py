"""The verbs of accounts, by family: sessions, staff, roles, leaving, credentials, units."""

from backend.accounts.service.credentials import issue_passwords, set_password, unlock
from backend.accounts.service.hand_overs import drop_hand_over, find_hand_over, hand_over, take_over
from backend.accounts.service.identities import link_identity
from backend.accounts.service.leaving import close_account
from backend.accounts.service.merge_requests import MergeParties, find_number, find_parties, request_merge
from backend.accounts.service.merging import begin_merge, close_merged, find_merge_link, freeze, make_merge_link
from backend.accounts.service.pseudonyms import add_pseudonym
from backend.accounts.service.roles import grant, ungrant
from backend.accounts.service.sessions import open_device_session, open_session_elsewhere, refresh, sign_in, sign_out
from backend.accounts.service.staff import create_staff, set_account
from backend.accounts.service.staff_identities import confirm_password, link_staff, sign_in_by_identity, unlink_staff
from backend.accounts.service.traces import list_traces
from backend.accounts.service.units import add_unit

__all__ = [
    "MergeParties",
    "add_pseudonym",
    "add_unit",
    "begin_merge",
    "close_account",
    "close_merged",
    "confirm_password",
    "create_staff",
    "drop_hand_over",
    "find_hand_over",
    "find_merge_link",
    "find_number",
    "find_parties",
    "freeze",
    "grant",
    "hand_over",
    "issue_passwords",
    "link_identity",
    "link_staff",
    "list_traces",
    "make_merge_link",
    "open_device_session",
    "open_session_elsewhere",
    "refresh",
    "request_merge",
    "set_account",
    "set_password",
    "sign_in",
    "sign_in_by_identity",
    "sign_out",
    "take_over",
    "ungrant",
    "unlink_staff",
    "unlock",
]
