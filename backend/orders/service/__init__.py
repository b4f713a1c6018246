"""The trunk's verbs: open an order, and every move of its life. One verb, one transaction."""

from backend.orders.service.arriving import check_in
from backend.orders.service.bulk import reassign_many
from backend.orders.service.closing import verify
from backend.orders.service.confirming import confirm, dispute
from backend.orders.service.disputing import let_photos_go
from backend.orders.service.follow_up import keep_call
from backend.orders.service.following import join
from backend.orders.service.merging import merge, unmerge
from backend.orders.service.on_site import accept, finish, make_safe
from backend.orders.service.opening import open
from backend.orders.service.oversight import cancel, supervise, urge
from backend.orders.service.requests import ask_extension, ask_suspension, decide, resume
from backend.orders.service.returning import give_back, reassign
from backend.orders.service.self_handling import self_handle
from backend.orders.service.thinning import thin_fixes
from backend.orders.service.together import co_handle
from backend.orders.service.verdicts import object_to, rate, reopen, say_unsolved

__all__ = [
    "accept",
    "ask_extension",
    "ask_suspension",
    "cancel",
    "check_in",
    "co_handle",
    "confirm",
    "decide",
    "dispute",
    "finish",
    "give_back",
    "join",
    "keep_call",
    "let_photos_go",
    "make_safe",
    "merge",
    "object_to",
    "open",
    "rate",
    "reassign",
    "reassign_many",
    "reopen",
    "resume",
    "say_unsolved",
    "self_handle",
    "supervise",
    "thin_fixes",
    "unmerge",
    "urge",
    "verify",
]
