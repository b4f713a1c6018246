"""A form filled in: which fields are shown, what each answer says, what means trouble, what is sealed. Pure."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from uuid import UUID

from backend.campaigns.forms.answers import AnswerFault, AnswerFaultKind, AnswersWrong, GivenAnswer
from backend.campaigns.forms.fields import TEXT_MOST, WITH_CODES, CampaignField, CampaignFieldKind, FormContent
from backend.geo.lonlat import is_on_globe
from backend.privacy.phones import NoPhone, read_phone
from backend.structs import Read

_Kind, _Fault = CampaignFieldKind, AnswerFaultKind
Value = str | float | list[str | float]
_NUMBER_CHARS, _YEARS = 24, range(1900, 2101)


class FoundTrouble(Read, frozen=True, kw_only=True):
    """An answer that opens an order. `value`: as it was answered."""

    field: CampaignField
    value: Value
    note: str
    photo_ids: list[UUID]


class FilledForm(Read, frozen=True, kw_only=True):
    """`values` may be read by anybody of the desk, `personal` is sealed. `notes` stand beside the answers."""

    values: dict[str, Value]
    personal: dict[str, Value]
    notes: dict[str, str]
    photo_ids: list[UUID]
    """Those that belong to no trouble."""
    troubles: list[FoundTrouble]
    is_again: bool


class _AnswerRefused(Exception):
    def __init__(self, why: AnswerFaultKind) -> None:
        super().__init__(why)
        self.why = why


def shown_fields(form: FormContent, kind: str, values: Mapping[str, Value]) -> list[CampaignField]:
    """The fields that are asked of a target of this kind, as the answers so far have it."""
    shown: list[CampaignField] = []
    for field in form.fields:
        if field.for_kinds and kind not in field.for_kinds:
            continue
        if field.shown_if is None or _holds(field.shown_if.field, field.shown_if.values, shown, values):
            shown.append(field)
    return shown


def fill(form: FormContent, kind: str, answers: Sequence[GivenAnswer]) -> FilledForm:
    """Read the answers that were given at a target of this kind; those to fields that are not shown are dropped.

    Whoever has to go again need not answer the rest. Raises AnswersWrong.
    """
    given, faults = _by_field(form, answers)
    values: dict[str, Value] = {}
    for field in form.fields:
        if field in shown_fields(form, kind, values) and field.key in given:
            try:
                value = _read(field, given[field.key])
            except _AnswerRefused as refused:
                faults.append(_fault(field, refused.why))
                continue
            if value is not None:
                values[field.key] = value
    shown = shown_fields(form, kind, values)
    is_again = any(values.get(field.key) in field.again for field in shown)
    broken = {each.field for each in faults}
    missing = [each for each in shown if each.is_required and each.key not in values and each.key not in broken]
    faults += [] if is_again else [_fault(each, _Fault.MISSING) for each in missing]
    if faults:
        raise AnswersWrong(faults)
    return _filled(shown, values, given, is_again)


def means_trouble(field: CampaignField, value: Value) -> bool:
    rule = field.trouble
    if rule is None:
        return False
    if isinstance(value, float):
        return (rule.below is not None and value < rule.below) or (rule.above is not None and value > rule.above)
    said = value if isinstance(value, list) else [value]
    return not set(rule.values).isdisjoint(map(str, said))


def _filled(
    shown: Sequence[CampaignField], values: Mapping[str, Value], given: Mapping[str, GivenAnswer], is_again: bool
) -> FilledForm:
    answered = [field for field in shown if field.key in values]
    troubles = [
        FoundTrouble(
            field=field, value=values[field.key], note=given[field.key].note, photo_ids=given[field.key].photo_ids
        )
        for field in answered
        if means_trouble(field, values[field.key])
    ]
    of_troubles = {trouble.field.key for trouble in troubles}
    # A photo cannot be sealed: beside a sealed answer none is taken.
    pictured = [field for field in answered if field.key not in of_troubles and not field.is_personal]
    photo_ids = [photo for field in pictured for photo in given[field.key].photo_ids]
    return FilledForm(
        values={field.key: values[field.key] for field in answered if not field.is_personal},
        personal={field.key: values[field.key] for field in answered if field.is_personal},
        notes={field.key: note for field in answered if not field.is_personal and (note := given[field.key].note)},
        photo_ids=list(dict.fromkeys(photo_ids)),
        troubles=troubles,
        is_again=is_again,
    )


def _by_field(form: FormContent, answers: Sequence[GivenAnswer]) -> tuple[dict[str, GivenAnswer], list[AnswerFault]]:
    given: dict[str, GivenAnswer] = {}
    faults: list[AnswerFault] = []
    for answer in answers:
        field = form.find(answer.field)
        if field is None or answer.field in given:
            faults.append(AnswerFault(field=answer.field, label=answer.field, why=_Fault.UNKNOWN))
        else:
            given[answer.field] = answer
    return given, faults


def _holds(key: str, accepted: Sequence[str], shown: Sequence[CampaignField], values: Mapping[str, Value]) -> bool:
    if all(field.key != key for field in shown):
        return False
    value = values.get(key)
    said = value if isinstance(value, list) else [value]
    return not set(accepted).isdisjoint(map(str, said))


def _fault(field: CampaignField, why: AnswerFaultKind) -> AnswerFault:
    return AnswerFault(field=field.key, label=field.zh, why=why)


def _read(field: CampaignField, answer: GivenAnswer) -> Value | None:
    """What the answer says; None for none. Raises _AnswerRefused."""
    said = answer.value.strip()
    if field.kind is _Kind.PHOTO:
        return [str(each) for each in answer.photo_ids] or None
    if field.kind is _Kind.SEVERAL:
        codes = list(dict.fromkeys(answer.values or ([said] if said else [])))
        if not set(codes) <= set(field.codes):
            raise _AnswerRefused(_Fault.NOT_AN_OPTION)
        return [code for code in field.codes if code in codes] or None
    return _read_one(field, said) if said else None


def _read_one(field: CampaignField, said: str) -> Value:
    match field.kind:
        case kind if kind in WITH_CODES:
            if said not in field.codes:
                raise _AnswerRefused(_Fault.NOT_AN_OPTION)
            return said
        case _Kind.NUMBER:
            return _number(field, said)
        case _Kind.DATE:
            return _day(said)
        case _Kind.POSITION:
            return _position(said)
        case _Kind.PHONE:
            try:
                return read_phone(said)
            except NoPhone as error:
                raise _AnswerRefused(_Fault.UNREADABLE) from error
        case _:
            if len(said) > TEXT_MOST:
                raise _AnswerRefused(_Fault.TOO_LONG)
            return said


def _number(field: CampaignField, said: str) -> float:
    number = _float(said)
    if (field.least is not None and number < field.least) or (field.most is not None and number > field.most):
        raise _AnswerRefused(_Fault.OUT_OF_RANGE)
    return number


def _float(said: str) -> float:
    narrow = unicodedata.normalize("NFKC", said)
    try:
        number = float(narrow) if len(narrow) <= _NUMBER_CHARS and "_" not in narrow else float("nan")
    except ValueError as error:
        raise _AnswerRefused(_Fault.UNREADABLE) from error
    if not isfinite(number):
        raise _AnswerRefused(_Fault.UNREADABLE)
    return number


def _day(said: str) -> str:
    try:
        day = date.fromisoformat(said)
    except ValueError as error:
        raise _AnswerRefused(_Fault.UNREADABLE) from error
    if day.year not in _YEARS:
        raise _AnswerRefused(_Fault.OUT_OF_RANGE)
    return day.isoformat()


def _position(said: str) -> list[str | float]:
    lng, _, lat = said.partition(",")
    here = _float(lng), _float(lat)
    if not is_on_globe(*here):
        raise _AnswerRefused(_Fault.UNREADABLE)
    return [*here]
