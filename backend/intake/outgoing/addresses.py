"""Where a webhook may go: what an administrator types must not lead into our own machine or network.

The rule is that of `http_targets`; networks of a town's own are allowed by setting.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import SplitResult

from backend import http_targets
from backend.http_targets import Address, HttpTarget, TargetRefused
from backend.intake.outgoing.errors import AddressRefused
from backend.intake.outgoing.structs import URL_MOST


def parse(url: str) -> SplitResult:
    """The parts of an address that may be one. Raises AddressRefused."""
    with _refusing():
        return http_targets.parse(url, URL_MOST)


def require_allowed(address: Address, scheme: str, own: Sequence[str]) -> None:
    """An address of the town's own networks, or of the internet by https. Raises AddressRefused. Pure."""
    with _refusing():
        http_targets.require_allowed(address, scheme, own)


async def find_target(url: str, own: Sequence[str]) -> HttpTarget:
    """Look the host up. Raises AddressRefused, also where one of its addresses is not allowed."""
    with _refusing():
        return await http_targets.find_target(url, own, URL_MOST)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except TargetRefused as refused:
        raise AddressRefused(why=refused.fault.value) from refused
