"""The verbs of the registry: mint, bind, and what happens to a plate in its years on the wall."""

from qr.service.binding import bind, mint_bound
from qr.service.minting import mint

__all__ = ["bind", "mint", "mint_bound"]
