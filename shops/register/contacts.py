"""Real names and phones of a shop's people: sealed at rest, masked where they are listed. Pure but for the seal."""

from typing import NamedTuple

from backend.privacy import phones
from backend.privacy.phones import NoPhone, mask_phone
from backend.privacy.seals import Seal
from backend.structs import Read
from shops.register.errors import PhoneInvalid

OF_SHOP, OF_PERSON, OF_CLAIM = "shop.responsible_", "shop_person.", "shop_claim."
"""Table and beginning of the two columns: what a contact is sealed about."""


class PersonContact(Read, frozen=True, kw_only=True):
    """Whom to call. Empty where it is not known."""

    name: str
    phone: str

    def masked(self) -> "PersonContact":
        """张* and 138****1234: enough to tell people apart, too little to call somebody."""
        return PersonContact(name=f"{self.name[:1]}*" if self.name else "", phone=mask_phone(self.phone))


class SealedContact(NamedTuple):
    name: bytes | None
    phone: bytes | None


def read_phone(text: str) -> str:
    """The digits to dial, without the country's. Raises PhoneInvalid."""
    try:
        return phones.read_phone(text)
    except NoPhone as error:
        raise PhoneInvalid from error


def close(contact: PersonContact, columns: str, row_id: int, seal: Seal) -> SealedContact:
    """Seal a contact for its row; what is not known stays NULL. `columns`: how both are called but for their end."""
    return SealedContact(
        seal.close(contact.name, f"{columns}name:{row_id}") if contact.name else None,
        seal.close(contact.phone, f"{columns}phone:{row_id}") if contact.phone else None,
    )


def open_contact(sealed: SealedContact, columns: str, row_id: int, seal: Seal) -> PersonContact:
    """Read a contact. Who may is asked before. Raises SealBroken."""
    return PersonContact(
        name=seal.open(sealed.name, f"{columns}name:{row_id}") if sealed.name else "",
        phone=seal.open(sealed.phone, f"{columns}phone:{row_id}") if sealed.phone else "",
    )


def print_of(contact: PersonContact, seal: Seal) -> bytes | None:
    """By which a change is seen without opening anything; None for nobody."""
    return seal.print_of(f"{contact.name}\n{contact.phone}") if contact.name or contact.phone else None
