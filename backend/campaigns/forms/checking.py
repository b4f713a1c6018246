"""Whether a form is sound: each field by itself, and what fields say of each other. Pure."""

from collections.abc import Callable, Collection, Iterator, Sequence
from enum import StrEnum
from math import isfinite

from backend.campaigns.forms.fields import OPTIONS_MOST, WITH_CODES, CampaignField, CampaignFieldKind, FormContent
from backend.structs import Read

_Kind = CampaignFieldKind
_ONE_OF_A_FEW = (_Kind.YES_NO, _Kind.CHOICE)
_OPTIONS_LEAST = 2


class FormFaultKind(StrEnum):
    """Why a field cannot be as it is. The catalogue says it under `campaign-form-wrong.<kind>`."""

    KEY_TWICE = "key-twice"
    OPTIONS = "options"
    """A choice has two to thirty options, each once; other fields have none."""
    RANGE = "range"
    """A number has a range that runs upwards, and no other field has one."""
    TARGET_KIND = "target-kind"
    """A kind of target that this form does not have, or one twice."""
    CONDITION = "condition"
    """It depends on a field that does not stand before it, on an answer that cannot be given, or on a sealed answer
    without being sealed: that it was asked would tell.
    """
    TROUBLE = "trouble"
    """Trouble is an answer of a field with few answers, or a number out of range, never one that is sealed."""
    ITEM = "item"
    """No order is opened for this item."""
    AGAIN = "again"
    """To go again is seen by everybody of the desk: no sealed answer means it."""
    PERSONAL = "personal"
    """A photo cannot be sealed, and a phone is always."""
    EMPTY = "empty"
    """A form without a field."""


class FormFault(Read, frozen=True, kw_only=True):
    """`field`: its key; empty where it is about the form."""

    field: str
    why: FormFaultKind


def faults_of(form: FormContent, items: Collection[str] | None = None) -> list[FormFault]:
    """What is wrong with a form; `items`: the codes for which orders are opened, None where that is not checked."""
    found = [FormFault(field="", why=why) for why in _of_whole(form)]
    earlier: list[CampaignField] = []
    for field in form.fields:
        found += [FormFault(field=field.key, why=why) for why in _of_field(field, earlier, form, items)]
        earlier.append(field)
    return found


def _of_whole(form: FormContent) -> Iterator[FormFaultKind]:
    if not form.fields:
        yield FormFaultKind.EMPTY
    if _has_twice([kind.code for kind in form.kinds]):
        yield FormFaultKind.TARGET_KIND


def _of_field(
    field: CampaignField, earlier: Sequence[CampaignField], form: FormContent, items: Collection[str] | None
) -> Iterator[FormFaultKind]:
    holds: dict[FormFaultKind, Callable[[], bool]] = {
        FormFaultKind.KEY_TWICE: lambda: all(other.key != field.key for other in earlier),
        FormFaultKind.OPTIONS: lambda: _options_are_sound(field),
        FormFaultKind.RANGE: lambda: _range_is_sound(field),
        FormFaultKind.TARGET_KIND: lambda: set(field.for_kinds) <= {kind.code for kind in form.kinds},
        FormFaultKind.CONDITION: lambda: _condition_is_sound(field, earlier),
        FormFaultKind.TROUBLE: lambda: _trouble_is_sound(field),
        FormFaultKind.ITEM: lambda: items is None or field.trouble is None or field.trouble.item in items,
        FormFaultKind.AGAIN: lambda: not field.again or _again_is_sound(field),
        FormFaultKind.PERSONAL: lambda: _personal_is_sound(field),
    }  # fmt: skip
    yield from (kind for kind, is_sound in holds.items() if not is_sound())


def _options_are_sound(field: CampaignField) -> bool:
    if field.kind not in (_Kind.CHOICE, _Kind.SEVERAL):
        return not field.options
    is_some = _OPTIONS_LEAST <= len(field.options) <= OPTIONS_MOST
    return is_some and not _has_twice(field.codes) and all(option.zh for option in field.options)


def _range_is_sound(field: CampaignField) -> bool:
    bounds = [bound for bound in (field.least, field.most) if bound is not None]
    if field.kind is not _Kind.NUMBER:
        return not bounds and not field.unit
    return all(map(isfinite, bounds)) and bounds == sorted(bounds)


def _condition_is_sound(field: CampaignField, earlier: Sequence[CampaignField]) -> bool:
    if field.shown_if is None:
        return True
    other = next((each for each in earlier if each.key == field.shown_if.field), None)
    if other is None or (other.is_personal and not field.is_personal):
        return False
    return other.kind in WITH_CODES and _is_some_of(field.shown_if.values, other.codes)


def _trouble_is_sound(field: CampaignField) -> bool:
    rule = field.trouble
    if rule is None:
        return True
    bounds = [bound for bound in (rule.below, rule.above) if bound is not None]
    if field.is_personal or not all(map(isfinite, bounds)):
        return False
    if field.kind is _Kind.NUMBER:
        return bool(bounds) and not rule.values
    return field.kind in WITH_CODES and not bounds and _is_some_of(rule.values, field.codes)


def _again_is_sound(field: CampaignField) -> bool:
    return field.kind in _ONE_OF_A_FEW and not field.is_personal and set(field.again) <= set(field.codes)


def _personal_is_sound(field: CampaignField) -> bool:
    return field.is_personal if field.kind is _Kind.PHONE else not (field.is_personal and field.kind is _Kind.PHOTO)


def _is_some_of(values: Sequence[str], codes: Sequence[str]) -> bool:
    return bool(values) and set(values) <= set(codes)


def _has_twice(codes: Sequence[str]) -> bool:
    return len(set(codes)) < len(codes)
