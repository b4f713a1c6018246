"""Change a form one field at a time: what other fields rest on is not taken away beneath them. Pure."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from backend.campaigns.errors import CampaignFieldInUse, CampaignFieldsTooMany, CampaignFieldUnknown
from backend.campaigns.forms.fields import FIELDS_MOST, CampaignField, FieldOption, FormContent, TargetKind
from backend.words import CAMPAIGN_LABEL, fitting

_NO_KEY = re.compile(r"[^a-z0-9_]+")
_KEY_CHARS, _CODE_CHARS = 24, 20


def put_field(content: FormContent, field: CampaignField, before: str | None) -> FormContent:
    """With this field in place of the one of its key; a new one stands before that one, or last.

    Raises CampaignFieldsTooMany.
    """
    fields = list(content.fields)
    place = next((number for number, each in enumerate(fields) if each.key == field.key), None)
    if place is not None:
        fields[place] = field
    else:
        at = next((number for number, each in enumerate(fields) if each.key == before), len(fields))
        fields.insert(at, field)
    return _with(content, fields)


def add_fields(content: FormContent, text: str, pattern: CampaignField) -> FormContent:
    """With a field for each line `中文 | English`, at the end: each as the pattern is, under a key of its own.

    Raises CampaignFieldsTooMany, WordsTooLong.
    """
    for zh, en in _labels(text):
        key = new_key(content, pattern.kind.value)
        content = put_field(content, replace(pattern, key=key, zh=zh, en=en), None)
    return content


def remove_field(content: FormContent, key: str) -> FormContent:
    """Raises CampaignFieldUnknown, CampaignFieldInUse where another field depends on it."""
    _require(content, key)
    for field in content.fields:
        if field.shown_if is not None and field.shown_if.field == key:
            raise CampaignFieldInUse(field.zh)
    return replace(content, fields=[field for field in content.fields if field.key != key])


def move_field(content: FormContent, key: str, by: int) -> FormContent:
    """So many places down; nothing at the end. Raises CampaignFieldUnknown, CampaignFieldInUse."""
    fields = list(content.fields)
    place = fields.index(_require(content, key))
    target = place + by
    if not 0 <= target < len(fields):
        return content
    fields.insert(target, fields.pop(place))
    seen: set[str] = set()
    for field in fields:
        if field.shown_if is not None and field.shown_if.field not in seen:
            raise CampaignFieldInUse(field.zh)
        seen.add(field.key)
    return replace(content, fields=fields)


def new_key(content: FormContent, kind: str) -> str:
    """A key that no field has."""
    taken = {field.key for field in content.fields}
    stem = _NO_KEY.sub("", kind.lower())[:_KEY_CHARS] or "field"
    return next(key for number in range(1, len(taken) + 2) if (key := f"{stem}_{number}") not in taken)


def read_options(text: str, before: Sequence[FieldOption] = ()) -> list[FieldOption]:
    """Options as lines `中文 | English`. One that is called as before keeps its code, so that answers stay the same.

    Raises WordsTooLong.
    """
    known = {option.zh: option.code for option in before}
    taken = set(known.values())
    options: list[FieldOption] = []
    for zh, en in _labels(text):
        code = known.get(zh) or _free_code("o", taken)
        taken.add(code)
        options.append(FieldOption(code=code, zh=zh, en=en))
    return options


def write_options(options: Sequence[FieldOption]) -> str:
    """As `read_options` reads them."""
    return "\n".join(f"{option.zh} | {option.en}" if option.en else option.zh for option in options)


def read_kinds(text: str, before: Sequence[TargetKind] = ()) -> list[TargetKind]:
    """Kinds of targets as lines `中文 | English`, with the codes that they had."""
    options = read_options(text, [FieldOption(code=kind.code, zh=kind.zh, en=kind.en) for kind in before])
    return [TargetKind(code=each.code, zh=each.zh, en=each.en) for each in options]


def write_kinds(kinds: Sequence[TargetKind]) -> str:
    return write_options([FieldOption(code=kind.code, zh=kind.zh, en=kind.en) for kind in kinds])


def _labels(text: str) -> list[tuple[str, str]]:
    """What stands on each line, in both languages."""
    lines = filter(None, map(str.strip, text.splitlines()))
    parts = ([fitting(part, CAMPAIGN_LABEL, "options") for part in line.partition("|")] for line in lines)
    return [(zh, en) for zh, _, en in parts if zh]


def _with(content: FormContent, fields: list[CampaignField]) -> FormContent:
    if len(fields) > FIELDS_MOST:
        raise CampaignFieldsTooMany(FIELDS_MOST)
    return replace(content, fields=fields)


def _require(content: FormContent, key: str) -> CampaignField:
    field = content.find(key)
    if field is None:
        raise CampaignFieldUnknown
    return field


def _free_code(stem: str, taken: set[str]) -> str:
    return next(code for number in range(1, len(taken) + 2) if (code := f"{stem}{number}"[:_CODE_CHARS]) not in taken)
