"""What stops somebody in the register of shops."""

from backend.errors import Conflict, Forbidden, Invalid, NotFound
from shops.register.licences import LicenceFault
from shops.register.structs import ClaimState


class ShopNotFound(NotFound):
    code = "shop-not-found"


class ShopGone(Conflict):
    """Another business, or none, stands there by now."""

    code = "shop-gone"


class PlaceTaken(Conflict):
    """A shop stands at this place already. `extra`: its number."""

    code = "shop-place-taken"


class LicenceInvalid(Invalid):
    """A text that is no credit code. `extra`: what is wrong with it, and the signs that no code has."""

    code = "licence-invalid"

    def __init__(self, fault: LicenceFault, signs: str = "") -> None:
        super().__init__(f"licence.{fault}", fault=fault.value, signs=signs)


class OpeningDayInvalid(Invalid):
    """Before any shop that still trades, or far ahead."""

    code = "opening-day-invalid"


class PhoneInvalid(Invalid):
    code = "phone-invalid"


class ClaimNotFound(NotFound):
    code = "shop-claim-not-found"


class ClaimAnswered(Conflict):
    """Somebody decided it before. `extra`: how."""

    code = "shop-claim-answered"

    def __init__(self, state: ClaimState) -> None:
        super().__init__(state=state.value)


class ClaimForbidden(Forbidden):
    """It waits for somebody else's word."""

    code = "shop-claim-forbidden"


class RefusalWithoutReason(Invalid):
    code = "shop-claim-reason-missing"


class AlreadyOfShop(Conflict):
    """Whoever claims it is one of the shop's people. `extra`: as what."""

    code = "already-of-shop"


class ShopPersonUnknown(NotFound):
    """Nobody of the shop's people, by that number."""

    code = "shop-person-not-found"


class ShopForbidden(Forbidden):
    """Somebody who may see the shop may not do this."""

    code = "shop-forbidden"


class OwnerStays(Conflict):
    """An owner leaves by handing the shop over."""

    code = "shop-owner-stays"
