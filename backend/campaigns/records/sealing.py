"""What is sealed of campaigns, and about what: moved to another row it does not open. Pure but for the seal."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.campaigns.forms.filling import Value
from backend.privacy.seals import Seal
from backend.structs import Read

NAME_MOST, PHONE_MOST, REMARK_MOST = 60, 40, 200


class TargetContact(Read, frozen=True, kw_only=True):
    """Whom to find at a target: sealed at rest, shown to whoever goes there, each time written down."""

    name: Annotated[str, Meta(max_length=NAME_MOST)] = ""
    phone: Annotated[str, Meta(max_length=PHONE_MOST)] = ""
    remark: Annotated[str, Meta(max_length=REMARK_MOST)] = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.phone or self.remark)


def seal_contact(contact: TargetContact, target_id: int, seal: Seal) -> bytes:
    return seal.close(msgspec.json.encode(contact).decode(), f"campaign_target.contact:{target_id}")


def open_contact(sealed: bytes, target_id: int, seal: Seal) -> TargetContact:
    """Raises SealBroken."""
    return msgspec.json.decode(seal.open(sealed, f"campaign_target.contact:{target_id}"), type=TargetContact)


def seal_answers(answers: Mapping[str, Value], record_id: int, seal: Seal) -> bytes:
    return seal.close(msgspec.json.encode(answers).decode(), f"campaign_record.personal:{record_id}")


def open_answers(sealed: bytes, record_id: int, seal: Seal) -> dict[str, Value]:
    """Raises SealBroken."""
    return msgspec.json.decode(seal.open(sealed, f"campaign_record.personal:{record_id}"), type=dict[str, Value])
