"""The verbs of the registry: mint, bind, and what happens to a plate in its years on the wall."""

from qr.service.binding import bind, mint_bound
from qr.service.lifecycle import mark_damaged, rebind, repair, replace, revoke
from qr.service.minting import mint
from qr.service.moving import merge, split, transfer
from qr.service.suspecting import settle_check

__all__ = [
    "bind",
    "mark_damaged",
    "merge",
    "mint",
    "mint_bound",
    "rebind",
    "repair",
    "replace",
    "revoke",
    "settle_check",
    "split",
    "transfer",
]
