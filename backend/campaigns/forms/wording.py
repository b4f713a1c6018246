"""A form and its answers in words, in Chinese and English. Pure."""

from backend.campaigns.forms.fields import YES, CampaignField, CampaignFieldKind, FormContent
from backend.campaigns.forms.filling import Value

_YES_NO = {"zh": ("是", "否"), "en": ("Yes", "No")}


def label_of(field: CampaignField, lang: str) -> str:
    return field.zh if lang == "zh" else field.en or field.zh


def kind_of(content: FormContent, code: str, lang: str) -> str:
    """How a kind of target is called; empty for none."""
    kind = next((each for each in content.kinds if each.code == code), None)
    if kind is None:
        return ""
    return kind.zh if lang == "zh" else kind.en or kind.zh


def options_of(field: CampaignField, lang: str) -> list[tuple[str, str]]:
    """The answers of a field that has a few: code and words."""
    return [(code, _option(field, code, lang)) for code in field.codes]


def answer_in_words(field: CampaignField, value: Value, lang: str = "zh") -> str:
    """An answer as people read it."""
    if isinstance(value, int | float):
        return f"{value:g}{field.unit}"
    if field.kind is CampaignFieldKind.PHOTO:
        return f"{len(value)}"
    if not field.codes:
        return ", ".join(map(str, value)) if isinstance(value, list) else value
    said = [str(each) for each in value] if isinstance(value, list) else [value]
    return ("、" if lang == "zh" else ", ").join(_option(field, each, lang) for each in said)


def _option(field: CampaignField, code: str, lang: str) -> str:
    option = next((each for each in field.options if each.code == code), None)
    if option is None:
        yes, no = _YES_NO["zh" if lang == "zh" else "en"]
        return yes if code == YES else no
    return option.zh if lang == "zh" else option.en or option.zh
