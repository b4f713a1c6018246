"""A campaign's form as a page shows it to one reader: words, options, and on what a field depends. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.campaigns.forms import wording
from backend.campaigns.forms.fields import CampaignField, FormContent
from backend.campaigns.forms.filling import Value
from backend.web.views.page import PageContext


@dataclass(frozen=True, slots=True)
class FormRow:
    """A field in the reader's words. `depends`: on which answers of another field it is shown, in words."""

    field: CampaignField
    label: str
    hint: str
    options: list[tuple[str, str]]
    depends: str

    @property
    def condition(self) -> tuple[str, str]:
        """The field it depends on, and the answers with which it is shown, blank between them."""
        rule = self.field.shown_if
        return (rule.field, " ".join(rule.values)) if rule else ("", "")

    @property
    def trouble(self) -> str:
        """The answers that mean trouble, blank between them."""
        return " ".join(self.field.trouble.values) if self.field.trouble else ""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    label: str
    words: str
    is_trouble: bool
    note: str = ""


def rows_of(content: FormContent, page: PageContext, kind: str | None = None) -> list[FormRow]:
    """The fields that are asked of a kind of target; of any where it is None."""
    by_key = {field.key: field for field in content.fields}
    rows = [each for each in content.fields if kind is None or not each.for_kinds or kind in each.for_kinds]
    return [_row(field, by_key, page) for field in rows]


def answers_of(
    content: FormContent,
    values: Mapping[str, Value],
    page: PageContext,
    notes: Mapping[str, str],
    troubles: Sequence[str],
) -> list[AnswerRow]:
    """What was answered, in the order of the form."""
    return [
        AnswerRow(
            label=wording.label_of(field, page.lang),
            words=wording.answer_in_words(field, values[field.key], page.lang),
            is_trouble=field.key in troubles,
            note=notes.get(field.key, ""),
        )
        for field in content.fields
        if field.key in values
    ]


def _row(field: CampaignField, by_key: Mapping[str, CampaignField], page: PageContext) -> FormRow:
    depends = ""
    if field.shown_if is not None and (other := by_key.get(field.shown_if.field)):
        said = wording.answer_in_words(other, list(field.shown_if.values), page.lang)
        depends = page.t("check.only_if", field=wording.label_of(other, page.lang), said=said)
    return FormRow(
        field=field,
        label=wording.label_of(field, page.lang),
        hint=page.pick(field.hint_zh, field.hint_en),
        options=wording.options_of(field, page.lang),
        depends=depends,
    )
