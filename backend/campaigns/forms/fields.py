"""What a form is made of. A form is data: a version of it is stored whole, as JSON, and never altered once used."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.structs import Read
from backend.words import CAMPAIGN_HINT, CAMPAIGN_LABEL

KEY = "^[a-z][a-z0-9_]{0,39}$"
FIELDS_MOST, OPTIONS_MOST, KINDS_MOST = 80, 30, 12
UNIT_MOST, TEXT_MOST = 12, 1000

FieldKey = Annotated[str, Meta(pattern=KEY)]
OptionCode = Annotated[str, Meta(pattern="^[a-z0-9_]{1,20}$")]
Label = Annotated[str, Meta(max_length=CAMPAIGN_LABEL)]


class CampaignFieldKind(StrEnum):
    YES_NO = "yes_no"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    PHOTO = "photo"
    POSITION = "position"
    PHONE = "phone"
    """Always sealed."""


YES, NO = "yes", "no"
WITH_CODES = (CampaignFieldKind.YES_NO, CampaignFieldKind.CHOICE, CampaignFieldKind.SEVERAL)
"""Fields whose answers are among a few: what else is shown, and what means trouble, may depend on them."""


class FieldOption(Read, frozen=True, kw_only=True):
    code: OptionCode
    zh: Label
    en: Label = ""


class ShownIf(Read, frozen=True, kw_only=True):
    """A field is shown only where an earlier one was answered by one of these."""

    field: FieldKey
    values: list[OptionCode]


class TroubleRule(Read, frozen=True, kw_only=True):
    """An answer that means trouble opens an order of this item: one of these codes, or a number out of range."""

    item: Annotated[str, Meta(max_length=8)]
    values: list[OptionCode] = []
    below: float | None = None
    above: float | None = None


class CampaignField(Read, frozen=True, kw_only=True):
    """`for_kinds`: of which kinds of targets it is asked; empty: of all. `again`: answers that mean to go once more.

    A number lies within `least` and `most`, in `unit`. What is personal is sealed.
    """

    key: FieldKey
    kind: CampaignFieldKind
    zh: Annotated[str, Meta(min_length=1, max_length=CAMPAIGN_LABEL)]
    en: Label = ""
    hint_zh: Annotated[str, Meta(max_length=CAMPAIGN_HINT)] = ""
    hint_en: Annotated[str, Meta(max_length=CAMPAIGN_HINT)] = ""
    is_required: bool = False
    is_personal: bool = False
    options: list[FieldOption] = []
    unit: Annotated[str, Meta(max_length=UNIT_MOST)] = ""
    least: float | None = None
    most: float | None = None
    for_kinds: list[OptionCode] = []
    shown_if: ShownIf | None = None
    trouble: TroubleRule | None = None
    again: list[OptionCode] = []

    @property
    def codes(self) -> list[str]:
        """Of a field whose answers are among a few: which there are."""
        if self.kind is CampaignFieldKind.YES_NO:
            return [YES, NO]
        return [option.code for option in self.options]


class TargetKind(Read, frozen=True, kw_only=True):
    """Such as a building site: what is asked there differs from what is asked in an estate."""

    code: OptionCode
    zh: Annotated[str, Meta(min_length=1, max_length=40)]
    en: Annotated[str, Meta(max_length=60)] = ""


class FormContent(Read, frozen=True, kw_only=True):
    """One version of a form: the kinds of its targets, and its fields in their order."""

    kinds: Annotated[list[TargetKind], Meta(max_length=KINDS_MOST)] = []
    fields: Annotated[list[CampaignField], Meta(max_length=FIELDS_MOST)] = []

    def find(self, key: str) -> CampaignField | None:
        return next((field for field in self.fields if field.key == key), None)


class FormVersion(Read, frozen=True, kw_only=True):
    """A form as it is stored: its number, and which version of its campaign's form it is."""

    id: int
    campaign_id: int
    version: int
    content: FormContent
