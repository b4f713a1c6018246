"""The trunk's verbs: open an order, and every move of its life. One verb, one transaction."""

from backend.orders.actions.bulk import reassign_many
from backend.orders.actions.follow_up import record_call
from backend.orders.actions.handling import accept, finish, make_safe
from backend.orders.actions.oversight import cancel, supervise, urge
from backend.orders.actions.recovery import note_recovery
from backend.orders.actions.requests import ask_extension, ask_suspension, decide, resume
from backend.orders.actions.returning import give_back, reassign
from backend.orders.actions.self_handling import self_handle
from backend.orders.actions.withdrawing import withdraw
from backend.orders.arrivals.check_in import check_in
from backend.orders.arrivals.retention import prune_fixes
from backend.orders.assignment.opening import NothingOpened, open
from backend.orders.assignment.writing import Along
from backend.orders.cases.followers import join
from backend.orders.cases.merging import merge, unmerge
from backend.orders.cases.reporters import lock_reported, merge_reporters
from backend.orders.cases.sub_orders import co_handle
from backend.orders.pool.ending import end_offer
from backend.orders.pool.grabbing import Grabbed, grab
from backend.orders.pool.offering import offer_again, release
from backend.orders.verifying.closing import verify
from backend.orders.verifying.confirmation import confirm, confirm_by_silence, dispute
from backend.orders.verifying.legal_hold import release_photos
from backend.orders.verifying.source_word import (
    close_by_source,
    extend_by_source,
    leave_last_word,
    recall,
    rework_by_source,
)
from backend.orders.verifying.verdicts import object_to, rate, reopen, say_unsolved

__all__ = [
    "Along",
    "Grabbed",
    "NothingOpened",
    "accept",
    "ask_extension",
    "ask_suspension",
    "cancel",
    "check_in",
    "close_by_source",
    "co_handle",
    "confirm",
    "confirm_by_silence",
    "decide",
    "dispute",
    "end_offer",
    "extend_by_source",
    "finish",
    "give_back",
    "grab",
    "join",
    "leave_last_word",
    "lock_reported",
    "make_safe",
    "merge",
    "merge_reporters",
    "note_recovery",
    "object_to",
    "offer_again",
    "open",
    "prune_fixes",
    "rate",
    "reassign",
    "reassign_many",
    "recall",
    "record_call",
    "release",
    "release_photos",
    "reopen",
    "resume",
    "rework_by_source",
    "say_unsolved",
    "self_handle",
    "supervise",
    "unmerge",
    "urge",
    "verify",
    "withdraw",
]
