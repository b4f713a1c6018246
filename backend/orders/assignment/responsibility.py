"""Who would get an order, and why: the rule that wins and those it beats, how firmly, and the ranking on duty."""

from collections.abc import Sequence
from datetime import datetime

from backend.accounts import queries as accounts
from backend.calendars.rules import SHANGHAI
from backend.duty import queries as duty
from backend.duty import rules
from backend.duty.structs import Assignment, OnDuty, Post, Strength
from backend.items import queries as items
from backend.items.structs import RuleView
from backend.orders.assignment import choosing
from backend.orders.assignment.dispatching import get_answer
from backend.orders.assignment.errors import CellOutsideArea
from backend.orders.model.errors import InstantTooFar
from backend.orders.model.names import PersonName
from backend.structs import Read

_WHY = {
    Strength.ROSTER: ("值班人员中排在首位", "the first of those on duty there"),
    Strength.NAMED: ("定到人:此事项此处指定的人员", "named for this item here"),
    Strength.WATCHED: ("盯到人:指定的人员,督办人全程知悉", "named for this item here, and watched by a supervisor"),
    Strength.OFFERED: (
        "抢单池:有人值守,先到先得;窗口期内无人抢单则转派该单位",
        "offered to whoever is on call; to the unit when nobody takes it in time",
    ),
    Strength.POOL: ("该单位不排班,由其全体处置人员接单", "the unit keeps no roster: every handler of it"),
}
_NO_RULE = ("没有规则指定责任单位,由城运中心处理", "no rule names a unit: the centre decides")
_NOBODY = (
    "该单位此时及开始计时时均无人值班,或在此处没有处置人员,由城运中心处理",
    "nobody of the unit is on duty, neither now nor when the clock begins, or nobody handles there: the centre decides",
)
_LATER = ("现在无人值班,由开始计时时的值班人员接单", "nobody is on duty now: the first of those when the clock begins")


class RuleSaid(Read, frozen=True, kw_only=True):
    """A responsibility rule in words. One of `item_code` and `unit_type` is set."""

    id: int
    item_code: str | None
    unit_type: str | None
    area_code: str
    unit_id: int
    unit: str


class Ranked(Read, frozen=True, kw_only=True):
    """Somebody on duty, in the order in which they would be asked, with what the ranking looks at."""

    account_id: int
    name: str
    team: str | None
    """The team of whose beat the grid cell is."""
    shift_area: str
    distance_m: int | None
    """None without a fresh position, or when no point was asked for."""
    fix_age_s: int | None
    load: int
    since: datetime


class Responsibility(Read, frozen=True, kw_only=True):
    """All instants in Shanghai time."""

    item: str
    area: str
    grid: str
    at: datetime
    begins_at: datetime
    """From when the order's clock would count."""
    rule: RuleSaid | None
    beaten: list[RuleSaid]
    """The other rules that fit, the most specific first: the way of an order that nobody accepts."""
    strength: Strength
    unit: str | None
    handler: PersonName | None
    supervisor: PersonName | None
    named_duty: int | None
    ranking: list[Ranked]
    why_zh: str
    why_en: str


async def explain(post: Post, at: datetime) -> Responsibility:
    """Who would get an order that is opened at `at`; nothing is opened.

    Raises ItemUnknown, CellOutsideArea, InstantTooFar.
    """
    if not post.grid_code.startswith(post.area_code if post.grid_code else ""):
        raise CellOutsideArea
    if not 2000 <= at.year <= 2100:
        raise InstantTooFar
    answer = await get_answer(post, None, at)
    choice, begins_at = answer.choice, choosing.begins_at(answer.terms, at)
    won, *beaten = await _said(await items.list_rules(post.item_code, post.area_code)) or [None]
    people, is_later = await _on_duty(won, post, at, begins_at)
    names = await accounts.list_names([one for one in (choice.handler_id, choice.supervisor_id) if one is not None])
    why_zh, why_en = _why(choice, has_rule=won is not None, is_later=is_later)
    return Responsibility(
        item=post.item_code,
        area=post.area_code,
        grid=post.grid_code,
        at=at.astimezone(SHANGHAI),
        begins_at=begins_at.astimezone(SHANGHAI),
        rule=won,
        beaten=[rule for rule in beaten if rule is not None],
        strength=choice.strength,
        unit=won.unit if won is not None and choice.unit_id is not None else None,
        handler=_named(choice.handler_id, names),
        supervisor=_named(choice.supervisor_id, names),
        named_duty=choice.named_id,
        ranking=await _ranked(rules.rank(people, post, at), post, at),
        why_zh=why_zh,
        why_en=why_en,
    )


async def _on_duty(rule: RuleSaid | None, post: Post, at: datetime, begins_at: datetime) -> tuple[list[OnDuty], bool]:
    """Who is on duty there; when nobody is, who will be when the clock begins."""
    if rule is None:
        return [], False
    standing = await duty.get_standing(rule.unit_id, post, at, choosing.load)
    if standing.on_duty:
        return standing.on_duty, False
    reserve = await duty.get_reserve(rule.unit_id, post, begins_at, at, choosing.load)
    return reserve.on_duty, True


def _why(choice: Assignment, *, has_rule: bool, is_later: bool) -> tuple[str, str]:
    if choice.strength is Strength.CENTRE:
        return _NOBODY if has_rule else _NO_RULE
    return _LATER if is_later and choice.strength is Strength.ROSTER else _WHY[choice.strength]


async def _said(found: Sequence[RuleView]) -> list[RuleSaid | None]:
    units = {rule.unit_id: await accounts.find_unit(rule.unit_id) for rule in found}
    return [
        RuleSaid(
            id=rule.id,
            item_code=rule.item_code,
            unit_type=rule.unit_type,
            area_code=rule.area_code,
            unit_id=rule.unit_id,
            unit=unit.name_zh if (unit := units[rule.unit_id]) else "",
        )
        for rule in found
    ]


async def _ranked(people: Sequence[OnDuty], post: Post, at: datetime) -> list[Ranked]:
    names = await accounts.list_names([one.account_id for one in people])
    teams = await duty.list_team_names([one.team_id for one in people if one.team_id is not None])
    return [_rank(one, names, teams, post, at) for one in people]


def _rank(one: OnDuty, names: dict[int, str], teams: dict[int, str], post: Post, at: datetime) -> Ranked:
    away_m = rules.metres_away(one, post, at)
    return Ranked(
        account_id=one.account_id,
        name=names[one.account_id],
        team=teams[one.team_id] if one.team_id is not None else None,
        shift_area=one.area_code,
        distance_m=None if away_m is None else round(away_m),
        fix_age_s=None if away_m is None or one.fix_at is None else round((at - one.fix_at).total_seconds()),
        load=one.load,
        since=one.since.astimezone(SHANGHAI),
    )


def _named(account_id: int | None, names: dict[int, str]) -> PersonName | None:
    return None if account_id is None else PersonName(id=account_id, name=names[account_id])
