"""What stops the link to a kitchen."""

from enum import StrEnum

from backend.errors import Conflict, Forbidden, Invalid, NotFound


class LinkFault(StrEnum):
    """Why an address is none that a page may lead to."""

    NOT_HTTPS = "not_https"
    NO_HOST = "no_host"
    """An address of numbers, a name within a house, or none at all."""
    HAS_ACCOUNT = "has_account"
    OTHER_PORT = "other_port"
    UNREADABLE = "unreadable"


class KitchenLinkUnfit(Invalid):
    """`extra`: the field and the fault."""

    code = "kitchen-link-unfit"

    def __init__(self, fault: LinkFault) -> None:
        super().__init__(f"kitchen-link-unfit.{fault}", field="url", fault=fault.value)


class KitchenLinkMissing(NotFound):
    code = "kitchen-link-missing"


class KitchenLinkChanged(Conflict):
    """The owner has set another address than the one that was looked at, or somebody else has decided."""

    code = "kitchen-link-changed"


class KitchenLinkNotYours(Forbidden):
    """Not one of those who confirm links there, or one of the shop's own people."""

    code = "kitchen-link-not-yours"


class KitchenReasonMissing(Invalid):
    code = "kitchen-reason-missing"
