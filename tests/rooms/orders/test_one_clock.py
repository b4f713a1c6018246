"""One clock: the desk, an order's page, its reporter's link and the ladder say of one instant what is late and why."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from backend import db
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.deadlines import stages
from backend.orders.deadlines.escalation import escalating
from backend.orders.deadlines.escalation.reads import list_escalations
from backend.orders.deadlines.overdue import DUE_AT, DUE_STAGE, NEVER
from backend.orders.deadlines.stages import Stage, Timeline
from backend.orders.desk import DeskFilter, DueWhen, list_cells, view_desk
from backend.orders.model.inputs import AskExtension, Decide
from backend.orders.model.states import State
from backend.orders.reads import OrderFilter
from backend.orders.transitions.transition import TransitionContext
from backend.reports import queries as reports
from backend.web.views import countdown
from backend.web.views.page import PageContext
from tests.makers.orders import make_accepted, make_handled, make_order
from tests.makers.town import SmallTown, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")
ZERO = datetime.fromisoformat("2026-11-27T09:00:00+08:00")
_ROWS = f"""
    SELECT o.id, {DUE_AT} AS due_at, {DUE_STAGE} AS stage FROM unnest($1::int[], $2::text[], $3::timestamptz[],
        $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
        $9::timestamptz[]) AS o(id, state, respond_by, arrive_by, safe_by, resolve_by, verify_by, arrived_at,
        made_safe_at)
"""


def _page(town: SmallTown, now: datetime) -> PageContext:
    return PageContext(lang="zh", big=False, path="/", now=now, hotline="12345", actor=town.dispatcher)


def minutes(many: int) -> timedelta:
    return timedelta(minutes=many)


def _minutes(many: int | None) -> datetime | None:
    return None if many is None else ZERO + timedelta(minutes=many)


async def test_the_statement_of_what_is_due_and_the_stages_that_the_ladder_climbs_agree():
    orders_ = [
        Timeline(
            state=state,
            opened_at=ZERO,
            **{f"{stage}_by": _minutes(due) for stage, due in zip(Stage, limits, strict=True)},
            arrived_at=_minutes(arrived),
            made_safe_at=_minutes(safe),
        )
        for state, limits, arrived, safe in product(
            State, ((3, 9, 6, 15, 20), (9, None, None, 5, None), (3, 4, 8, 15, None)), (None, 1), (None, 2)
        )
        if not (state is State.DISPATCHED and (arrived or safe)) and not (state is State.ON_SITE and not arrived)
    ]
    columns = [[getattr(each, f"{stage}_by") for each in orders_] for stage in Stage]
    more = [[each.arrived_at for each in orders_], [each.made_safe_at for each in orders_]]

    rows = await db.fetch(_ROWS, list(range(len(orders_))), [each.state.value for each in orders_], *columns, *more)

    assert len(rows) > 60
    for row in rows:
        each = orders_[row["id"]]
        running = {stage: each.due_by(stage) for stage in Stage if stages.is_running(each, stage)}
        due = {stage: at for stage, at in running.items() if at is not None}
        assert row["due_at"] == min(due.values(), default=NEVER), each
        assert row["stage"] == min(due, key=due.__getitem__, default=None), each


@pytest.mark.parametrize("later", [1, 8, 10, 20])
async def test_the_desk_the_page_and_the_list_tell_one_time_left(now, later):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    then = now + timedelta(minutes=later)

    order = await reads.get_order(order_id, town.dispatcher, then)
    (line,) = (await view_desk(town.dispatcher, DeskFilter(), then)).page.items
    late = (await view_desk(town.dispatcher, DeskFilter(due=DueWhen.OVERDUE), then)).page.items
    clock = countdown.countdown_of(order, _page(town, then))

    assert clock.until == line.due_at == order.due_at
    assert (clock.tone == "bad") == bool(late)


async def test_after_an_extension_every_page_and_the_alarm_go_by_the_new_limits(now):
    town = await make_town(now)
    receipt = (await make_order(town, now)).receipt
    order_id, handler, soon, then = receipt.order_id, town.handlers[0], now + minutes(8), now + minutes(12)
    await orders.accept(order_id, TransitionContext(actor=handler, now=now))
    asked = AskExtension(minutes=60, reason="堵车")
    await orders.ask_extension(order_id, asked, TransitionContext(actor=handler, now=soon))
    await orders.decide(order_id, Decide(is_granted=True), TransitionContext(actor=town.dispatcher, now=soon))
    arrive_by, resolve_by = now + minutes(9 + 60), now + minutes(15 + 60)

    desk = await view_desk(town.dispatcher, DeskFilter(), then)
    cells = await list_cells(town.dispatcher, DeskFilter(), then, most=9)
    (work,) = (await reads.list_orders(handler, OrderFilter(mine=True), limit=9)).items
    page = countdown.countdown_of(await reads.get_order(order_id, handler, then), _page(town, then))
    tracked = await reports.get_tracking(receipt.tracking_token, then)
    await escalating.escalate_due(arrive_by - minutes(1))
    rang_early = [each for each in await list_escalations(order_id) if each.at_percent >= 100]
    await escalating.escalate_due(arrive_by)
    rang = [each for each in await list_escalations(order_id) if each.at_percent >= 100]

    assert [line.due_at for line in desk.page.items] == [work.due_at] == [page.until] == [arrive_by]
    assert page.label == "到场时限"
    assert (desk.counts.due[DueWhen.OVERDUE], [cell.overdue for cell in cells]) == (0, [0])
    assert tracked.promised_by == resolve_by
    assert (rang_early, [(each.stage, each.at_percent) for each in rang]) == ([], [("arrive", 100)])


async def test_a_reporter_is_not_told_that_what_is_done_is_late(now):
    town = await make_town(now)
    report = await make_order(town, now)
    await make_handled(town, now)
    waiting = await reports.get_tracking(report.receipt.tracking_token, now)
    (done,) = await db.fetch("SELECT tracking_token FROM report ORDER BY id DESC LIMIT 1")

    handled = await reports.get_tracking(done["tracking_token"], now)

    assert waiting.promised_by == waiting.resolve_by
    assert handled.promised_by is None
