"""Answers for operators: why a deadline is what it is, and who would be told by the ladder."""

from datetime import datetime

from backend.accounts import queries as accounts
from backend.calendars import queries as calendar
from backend.calendars.rules import SHANGHAI, shanghai_date
from backend.items.structs import Clock
from backend.orders.deadlines import timelines
from backend.orders.deadlines.escalation.due import EscalationCheck, check_escalations
from backend.orders.deadlines.escalation.reads import list_levels
from backend.orders.deadlines.escalation.recipients import EscalatedOrder, list_recipients
from backend.orders.deadlines.explanation import Explanation
from backend.orders.deadlines.explanation import explain as account_for
from backend.orders.deadlines.terms import get_terms
from backend.structs import Read

_BATCH = 500
_UNKNOWN = "{year}: 日历未录入,按周一至周五计,仅扣除固定假日 Monday to Friday, only fixed holidays known"


class EscalationPreview(Read):
    """Somebody who would be told. Instants in Shanghai time."""

    number: str
    stage: str
    at_percent: int
    due_at: datetime
    who: str
    door: str
    people: list[str]


async def explain(item_code: str, area_code: str, start: datetime) -> Explanation:
    """The account of an order that would be opened at `start`. Raises ItemUnknown."""
    terms = await get_terms(item_code, area_code, start)
    found = account_for(item_code, area_code, start, terms, [])
    if terms.clock is not Clock.WORK:
        return found
    known = await calendar.list_known_years()
    years = range(shanghai_date(start).year, shanghai_date(found.resolve_by).year + 1)
    warnings = [_UNKNOWN.format(year=year) for year in years if year not in known]
    return account_for(item_code, area_code, start, terms, warnings)


async def dry_run(at: datetime, now: datetime) -> list[EscalationPreview]:
    """Whom the ladder would tell from now until an instant, if no order moved. Tells nobody."""
    levels, after_id, previews = await list_levels(), 0, []
    while orders := await timelines.list_ahead(at, after_id, _BATCH):
        for look in await check_escalations(orders, levels, now, until=at):
            previews += await _previews_of(look)
        after_id = orders[-1].id
    return sorted(previews, key=lambda one: (one.due_at, one.number))


async def _previews_of(look: EscalationCheck) -> list[EscalationPreview]:
    facts = look.order.facts
    order = EscalatedOrder(
        area_code=look.order.area_code,
        unit_id=look.order.unit_id,
        handler_id=facts["handler_id"],
        supervisor_id=facts["supervisor_id"],
    )
    previews = []
    for escalation in look.due:
        [people] = await list_recipients([(escalation.level.who, order)])
        names = await accounts.list_names(people)
        previews.append(
            EscalationPreview(
                number=facts["number"],
                stage=escalation.level.stage,
                at_percent=escalation.level.at_percent,
                due_at=escalation.due_at.astimezone(SHANGHAI),
                who=escalation.level.who,
                door=escalation.level.door,
                people=sorted(names.values()),
            )
        )
    return previews
