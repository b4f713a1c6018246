"""One field of a campaign's form: what it asks, when it is shown, and which answer opens an order."""

from dataclasses import dataclass, field

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.campaigns import making, queries
from backend.campaigns.errors import CampaignFieldUnknown
from backend.campaigns.forms import editing, storing
from backend.campaigns.forms.fields import WITH_CODES, CampaignField, CampaignFieldKind, FormContent
from backend.campaigns.structs import CampaignView
from backend.errors import AppError, BadRequest
from backend.items import queries as items
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import frame
from backend.routes.pages.forms import read_form, word, words
from backend.web.views import campaign_form
from backend.web.views.item_choices import categories
from backend.words import CAMPAIGN_HINT, CAMPAIGN_LABEL, fitting

NEW = "new"


@dataclass(frozen=True, slots=True)
class FieldTyped:
    """The form of a field as it was typed. Answers are codes; numbers as they were written."""

    kind: CampaignFieldKind = CampaignFieldKind.YES_NO
    zh: str = ""
    en: str = ""
    hint_zh: str = ""
    hint_en: str = ""
    is_required: bool = False
    is_personal: bool = False
    options: str = ""
    unit: str = ""
    least: str = ""
    most: str = ""
    for_kinds: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    """Such as `fixed:no`: shown only where that field was answered so."""
    item: str = ""
    trouble: list[str] = field(default_factory=list)
    below: str = ""
    above: str = ""
    again: list[str] = field(default_factory=list)


@get("/campaigns/{campaign_id:int}/form/{key:str}", guards=frame.MAKE, include_in_schema=False)
async def show_field(ctx: Ctx, campaign_id: Id, key: FromPath[str]) -> Response:
    campaign = await queries.get_own(campaign_id, ctx.actor)
    content = (await storing.get_form(campaign.form_id)).content
    known = _find(content, key)
    kind = _kind_in(ctx.request.query_params.get("kind", ""))
    return await _page(ctx, campaign, content, key, _typed_of(known) if known else FieldTyped(kind=kind))


@post("/campaigns/{campaign_id:int}/form/{key:str}", guards=frame.MAKE, include_in_schema=False)
async def save_field(ctx: Ctx, campaign_id: Id, key: FromPath[str]) -> Response:
    """A new field has its further settings, such as which answer means trouble, once it is there."""
    campaign, form = await queries.get_own(campaign_id, ctx.actor), await read_form(ctx)
    content = (await storing.get_form(campaign.form_id)).content
    known = _find(content, key)
    typed = _typed(form)
    try:
        own = known.key if known else editing.new_key(content, typed.kind.value)
        changed = editing.put_field(content, _field(own, typed, known), None)
        await making.set_content(campaign_id, changed, ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, campaign, content, key, typed, error)
    more = f"/{own}" if known is None and typed.kind in (*WITH_CODES, CampaignFieldKind.NUMBER) else ""
    return base.see_other(f"/campaigns/{campaign_id}/form{more}?done=saved")


def _find(content: FormContent, key: str) -> CampaignField | None:
    """None for a new one. Raises CampaignFieldUnknown."""
    known = content.find(key)
    if known is None and key != NEW:
        raise CampaignFieldUnknown
    return known


def _kind_in(said: str) -> CampaignFieldKind:
    return next((kind for kind in CampaignFieldKind if kind.value == said), CampaignFieldKind.YES_NO)


def _typed(form: FormMultiDict) -> FieldTyped:
    def ticked(name: str) -> list[str]:
        return [str(each)[:20] for each in form.getall(name, [])]

    return FieldTyped(
        kind=_kind_in(word(form, "kind", 12)),
        **{name: words(form, name) for name in ("zh", "en", "hint_zh", "hint_en", "options")},
        **{name: word(form, name, 40) for name in ("unit", "least", "most", "below", "above")},
        item=frame.item_in(form),
        is_required=word(form, "is_required", 1) == "1",
        is_personal=word(form, "is_personal", 1) == "1",
        for_kinds=ticked("for_kinds"),
        conditions=[str(each)[:61] for each in form.getall("conditions", [])],
        trouble=ticked("trouble"),
        again=ticked("again"),
    )


def _typed_of(known: CampaignField) -> FieldTyped:
    rule, shown_if = known.trouble, known.shown_if
    return FieldTyped(
        kind=known.kind,
        **{name: getattr(known, name) for name in ("zh", "en", "hint_zh", "hint_en", "unit")},
        is_required=known.is_required,
        is_personal=known.is_personal,
        options=editing.write_options(known.options),
        least=_written(known.least),
        most=_written(known.most),
        for_kinds=list(known.for_kinds),
        conditions=[f"{shown_if.field}:{value}" for value in shown_if.values] if shown_if else [],
        item=rule.item if rule else "",
        trouble=list(rule.values) if rule else [],
        below=_written(rule.below) if rule else "",
        above=_written(rule.above) if rule else "",
        again=list(known.again),
    )


def _field(key: str, typed: FieldTyped, known: CampaignField | None) -> CampaignField:
    """Raises BadRequest for what cannot be read, WordsTooLong. Whether it is sound is asked of the whole form."""
    is_choice = typed.kind in (CampaignFieldKind.CHOICE, CampaignFieldKind.SEVERAL)
    is_number = typed.kind is CampaignFieldKind.NUMBER
    fields = {
        "key": key,
        "kind": typed.kind.value,
        "zh": fitting(typed.zh, CAMPAIGN_LABEL, "zh"),
        "en": fitting(typed.en, CAMPAIGN_LABEL, "en"),
        "hint_zh": fitting(typed.hint_zh, CAMPAIGN_HINT, "hint_zh"),
        "hint_en": fitting(typed.hint_en, CAMPAIGN_HINT, "hint_en"),
        "is_required": typed.is_required,
        "is_personal": typed.is_personal or typed.kind is CampaignFieldKind.PHONE,
        "options": editing.read_options(typed.options, known.options if known else ()) if is_choice else [],
        "unit": typed.unit if is_number else "",
        "least": _number(typed.least) if is_number else None,
        "most": _number(typed.most) if is_number else None,
        "for_kinds": typed.for_kinds,
        "again": typed.again,
    }
    if typed.conditions:
        fields["shown_if"] = _condition(typed.conditions)
    if typed.item:
        bounds = {"below": _number(typed.below), "above": _number(typed.above)} if is_number else {}
        fields["trouble"] = {"item": typed.item, "values": [] if is_number else typed.trouble, **bounds}
    try:
        return msgspec.convert(fields, CampaignField)
    except msgspec.ValidationError as error:
        raise BadRequest("campaign-field-unreadable") from error


def _condition(ticked: list[str]) -> dict[str, object]:
    """Of the first field of which an answer is ticked: a field depends on one other."""
    pairs = [each.partition(":")[::2] for each in ticked]
    on = pairs[0][0]
    return {"field": on, "values": [value for key, value in pairs if key == on]}


def _number(typed: str) -> float | None:
    try:
        return float(typed) if typed else None
    except ValueError as error:
        raise BadRequest("campaign-field-unreadable") from error


def _written(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


async def _page(
    ctx: RequestContext,
    campaign: CampaignView,
    content: FormContent,
    key: str,
    typed: FieldTyped,
    error: AppError | None = None,
) -> Response:
    page = await base.page_of(ctx)
    rows = campaign_form.rows_of(content, page)
    own = next((row for row in rows if row.field.key == key), None)
    before = rows[: rows.index(own)] if own else rows
    openable = categories(await items.list_open())
    return await frame.show(
        ctx,
        "field",
        campaign,
        error,
        key=key,
        typed=typed,
        answers=own.options if own else [],
        earlier=[row for row in before if row.field.kind in WITH_CODES],
        kinds=content.kinds,
        field_kinds=list(CampaignFieldKind),
        categories=openable,
        known_items={choice.code for category in openable for choice in category.choices},
    )
