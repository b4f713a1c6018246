"""What a campaign is called, when and how often somebody goes, and how long what is personal is stored."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.campaigns import making, queries, rules
from backend.campaigns.errors import CampaignTimesWrong
from backend.campaigns.structs import CampaignKind, CampaignMode, CampaignSettings, CampaignView
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import frame
from backend.routes.pages.forms import read_form, word, words
from backend.web.views.times import CHINA

_LOCAL = "%Y-%m-%dT%H:%M"
_YEARS = range(2000, 2101)
_DAY_H = 24


@dataclass(frozen=True, slots=True)
class SettingsTyped:
    """The form as it was typed. `unit`: how often: once, hours or days, with `every`."""

    name_zh: str
    name_en: str
    about: str
    kind: str
    mode: str
    starts_at: str
    ends_at: str
    unit: str
    every: str
    due_within_h: str
    personal_days: str
    personal_roles: list[str]


@get("/campaigns/{campaign_id:int}/settings", guards=frame.MAKE, include_in_schema=False)
async def show_settings(ctx: Ctx, campaign_id: Id) -> Response:
    campaign = await queries.get_own(campaign_id, ctx.actor)
    return await _page(ctx, campaign, _typed_of(campaign))


@post("/campaigns/{campaign_id:int}/settings", guards=frame.MAKE, include_in_schema=False)
async def save_settings(ctx: Ctx, campaign_id: Id) -> Response:
    campaign, typed = await queries.get_own(campaign_id, ctx.actor), _typed(await read_form(ctx))
    try:
        await making.change_settings(campaign_id, _settings(typed), ctx.actor)
    except AppError as error:
        return await _page(ctx, campaign, typed, error)
    return base.see_other(f"/campaigns/{campaign_id}?done=saved")


def _typed(form: FormMultiDict) -> SettingsTyped:
    codes = ("kind", "mode", "starts_at", "ends_at", "unit", "every", "due_within_h", "personal_days")
    return SettingsTyped(
        **{name: words(form, name) for name in ("name_zh", "name_en", "about")},
        **{name: word(form, name, 40) for name in codes},
        personal_roles=[str(each)[:20] for each in form.getall("personal_roles", [])],
    )


def _typed_of(campaign: CampaignView) -> SettingsTyped:
    hours = campaign.every_h
    is_days = hours is not None and hours % _DAY_H == 0
    return SettingsTyped(
        **{name: getattr(campaign, name) for name in ("name_zh", "name_en", "about")},
        kind=campaign.kind.value,
        mode=campaign.mode.value,
        starts_at=campaign.starts_at.astimezone(CHINA).strftime(_LOCAL),
        ends_at=campaign.ends_at.astimezone(CHINA).strftime(_LOCAL),
        unit="once" if hours is None else "days" if is_days else "hours",
        every=str(hours // _DAY_H if hours and is_days else hours or 1),
        due_within_h=str(campaign.due_within_h),
        personal_days=str(campaign.personal_days),
        personal_roles=[role.value for role in campaign.personal_roles],
    )


def _settings(typed: SettingsTyped) -> CampaignSettings:
    """Raises CampaignTimesWrong, BadRequest for what is not among the choices, WordsTooLong."""
    every_h = None if typed.unit == "once" else _number(typed.every) * (_DAY_H if typed.unit == "days" else 1)
    fields = {
        **{name: getattr(typed, name) for name in ("name_zh", "name_en", "about", "kind", "mode")},
        "starts_at": _instant(typed.starts_at, "starts_at"),
        "ends_at": _instant(typed.ends_at, "ends_at"),
        "every_h": every_h,
        "due_within_h": _number(typed.due_within_h),
        "personal_days": _number(typed.personal_days),
        "personal_roles": [role for role in typed.personal_roles if role in map(str, rules.OPENING)],
    }
    try:
        return msgspec.convert(fields, CampaignSettings)
    except msgspec.ValidationError as error:
        raise BadRequest("campaign-settings-unreadable") from error


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 5 else 0


def _instant(typed: str, field: str) -> datetime:
    """An instant that was typed in Shanghai's time."""
    try:
        at = datetime.fromisoformat(typed)
    except ValueError as error:
        raise CampaignTimesWrong(field) from error
    if at.year not in _YEARS:
        raise CampaignTimesWrong(field)
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


async def _page(
    ctx: RequestContext, campaign: CampaignView, typed: SettingsTyped, error: AppError | None = None
) -> Response:
    choices = {
        "kinds": list(CampaignKind),
        "modes": list(CampaignMode),
        "openers": [role.value for role in rules.OPENING],
    }
    return await frame.show(ctx, "settings", campaign, error, typed=typed, **choices)
