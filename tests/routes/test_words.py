"""Whose words are told to whom: a mark in everything that anybody can say about an order, looked for everywhere.

Two orders live through every move whose words somebody writes. Then every answer, page, message, file and stream of
every audience is read: no mark may stand where it does not belong, and those that belong there do.
"""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from backend.events import queries as events
from backend.events.live import LiveMessage
from backend.orders import verbs as orders
from backend.orders.cases.merging import Merge
from backend.orders.model.audience import may_read_words
from backend.orders.model.inputs import (
    Appeal,
    AskExtension,
    AskSuspension,
    Called,
    CallResult,
    CheckInInput,
    CoHandle,
    Decide,
    Finish,
    MakeSafe,
    Reassign,
    Release,
    Return,
    ReturnReason,
    SelfHandled,
    Verify,
)
from backend.orders.model.source_transitions import OF_SOURCES
from backend.orders.model.states import SHOWN_TO_REPORTERS, Transition
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.structs import Rating
from backend.routes.api import live
from media.structs import Audience
from tests.makers.accounts import bearer, make_device, make_staff
from tests.makers.cases import make_join
from tests.makers.duty import make_volunteer
from tests.makers.orders import make_handled, make_order, make_photos, verified_by
from tests.makers.town import SmallTown, make_actor, make_town, make_unit
from tests.makers.worker import work

WORDLESS = {
    Transition.OPEN,
    Transition.GRAB,
    Transition.END_OFFER,
    Transition.OFFER_AGAIN,
    Transition.ACCEPT,
    Transition.CHECK_IN,
    Transition.PASS_ON,
    Transition.HAND_OVER,
    Transition.REZONE,
    Transition.NOTE_RECOVERY,
    Transition.RESUME,
    Transition.AUTO_PASS,
    Transition.CONFIRM,
}
"""Moves that bring no note. What a report says is its description; an appeal's reason stands with its arrival."""
BY_SOURCES = {rule.move for rule in OF_SOURCES}
"""No order of a source is among these: who may read its words is asked of the rule itself, below."""


def mark(name: str) -> str:
    return f"mark7{name}7"


class Case:
    """A town, its orders, and the instant at which the next move is made."""

    def __init__(self, town: SmallTown, now: datetime) -> None:
        self.town, self.now = town, now
        self.tokens: dict[str, list[str]] = {}
        self.own: dict[str, set[str]] = {}
        """By reporter, the names of the marks that were their own words."""

    def by(self, actor: Actor) -> TransitionContext:
        self.now += timedelta(minutes=1)
        return TransitionContext(actor=actor, now=self.now)

    def said(self, who: str, name: str) -> str:
        self.own.setdefault(who, set()).add(name)
        return mark(name)


@pytest.fixture
async def people(client) -> dict[str, Actor]:
    return {
        "ann": await make_device(),
        "bob": await make_device(),
        "joined_verifier": await make_staff(Role.VERIFIER, area="310104003"),
        "carl": await make_device(),
        "merchant": await make_device(),
    }


@pytest.fixture
async def case(client, people, database) -> Case:
    now = clock.now() - timedelta(hours=20)
    lived = Case(await make_town(now), now)
    await long_life(lived, people)
    await short_lives(lived, people)
    await work(database)
    return lived


async def test_every_move_that_can_carry_words_carries_a_mark(case):
    rows = await db.fetch("SELECT move, note FROM order_step")

    assert {Transition(row["move"]) for row in rows if row["note"].startswith("mark7")} == (
        set(Transition) - WORDLESS - BY_SOURCES
    )
    assert {row["note"] for row in rows if row["note"] and "mark7" not in row["note"]} == set()


def test_the_words_of_a_source_are_for_staff_and_for_whoever_took_the_order_that_came_back():
    readers = {
        move: {audience for audience in Audience if may_read_words(audience, move, is_own=False)} for move in BY_SOURCES
    }

    back_to_helpers = {Audience.STAFF, Audience.HELPER}
    assert readers == {move: {Audience.STAFF} for move in BY_SOURCES} | {Transition.SOURCE_REWORK: back_to_helpers}


async def test_a_reporter_reads_what_is_told_to_reporters_and_the_own_words_and_nothing_else(client, case, people):
    strayed, missing = [], []
    for who, person in people.items():
        seen = [page async for page in pages_of_a_reporter(client, case, person, who)]
        told, own = await marks_told(person), {mark(name) for name in case.own[who]}
        strayed += [f"{who} at {found}" for found in stray(seen, told | own)]
        in_answers = "".join(text for where, text in seen if where.startswith("/api/v1/orders/"))
        by_link = "".join(text for where, text in seen if where.startswith("/api/v1/tracking/"))
        missing += [f"{who}: {words}" for words in told if words not in in_answers]
        missing += [f"{who} by link: {words}" for words in own if words not in by_link]

    assert strayed == []
    assert missing == []


async def test_whoever_does_not_know_an_order_reads_no_word_of_it(client, case):
    paths = [
        f"/q/{case.town.code}",
        f"/api/v1/codes/{case.town.code}",
        f"/api/v1/reports/candidates?code={case.town.code}",
    ]
    strangers = [None, await make_device(), await make_staff(Role.VERIFIER, area="310104003")]

    seen = [
        page for who in strangers async for page in read(client, [*paths, *EVERYBODYS, *every_order(await ids())], who)
    ]

    assert stray(seen, set()) == []


async def test_staff_of_the_order_read_every_word_and_take_none_of_them_out_in_a_file(client, case):
    town = case.town
    order_pages = every_order(await ids())
    seen = [page async for page in read(client, order_pages, town.verifier)]
    files = [
        page
        async for page in read(client, ["/desk/export.csv", "/desk/export.csv?tab=ended", "/desk"], town.dispatcher)
    ]

    told = "".join(text for where, text in seen if where.startswith("/api/"))
    written = {row["note"] for row in await db.fetch("SELECT note FROM order_step WHERE note <> ''")}
    assert [words for words in written if words not in told] == []
    assert stray(files, set()) == []


async def test_no_stream_says_a_word(case):
    ids = [row["id"] for row in await db.fetch("SELECT id FROM event_log")]
    cursor = await events.get_cursor()

    said = [live._message(LiveMessage(cursor, event)).data for event in await events.list_by_ids(ids)]

    assert said
    assert [each for each in said if "mark7" in str(each)] == []


def stray(seen: Iterable[tuple[str, str]], allowed: set[str]) -> list[str]:
    """Where a mark stands that is not allowed there."""
    return [f"{where}: {found}" for where, text in seen for found in marks_in(text) if found not in allowed]


def marks_in(text: str) -> set[str]:
    return {f"mark7{rest.split('7')[0]}7" for rest in text.split("mark7")[1:]}


EVERYBODYS = ("/api/v1/orders", "/work", "/work?tab=done", "/verify", "/verify?tab=done", "/verify?tab=mine", "/inbox")
EVERYBODYS += ("/api/v1/inbox?limit=100",)


def every_order(order_ids: Iterable[int]) -> list[str]:
    return [f"{before}/{order_id}" for order_id in order_ids for before in ("/api/v1/orders", "/o")]


async def ids() -> list[int]:
    return [row["id"] for row in await db.fetch("SELECT id FROM work_order ORDER BY id")]


async def pages_of_a_reporter(client, case: Case, who: Actor, name: str) -> AsyncIterator[tuple[str, str]]:
    links = [f"{before}/{token}" for token in case.tokens[name] for before in ("/api/v1/tracking", "/r")]
    async for page in read(client, [*every_order(await ids()), *EVERYBODYS, f"/q/{case.town.code}", *links], who):
        yield page
    async for page in read(client, links, None):
        yield page


async def read(client: httpx.AsyncClient, paths: Iterable[str], who: Actor | None) -> AsyncIterator[tuple[str, str]]:
    for path in paths:
        answer = await client.get(path, headers=bearer(who) if who else {}, follow_redirects=True)
        assert answer.status_code < 500, path
        yield path, answer.text


async def marks_told(who: Actor) -> set[str]:
    """The notes of the listed moves on the orders that this person reported."""
    rows = await db.fetch(_TOLD, who.account_id, [move.value for move in SHOWN_TO_REPORTERS])
    return {row["note"] for row in rows if row["note"]}


_TOLD = """
    SELECT s.note FROM order_step s JOIN work_order o ON o.id = s.order_id
    WHERE s.move = ANY($2::text[])
      AND (o.opened_by_id = $1 OR EXISTS (SELECT FROM order_follower WHERE order_id = o.id AND account_id = $1))
"""


async def long_life(case: Case, people: dict[str, Actor]) -> None:
    """One order that everything happens to: reported by Ann, joined by Bob and by a verifier of another town."""
    town, by = case.town, case.by
    handler, desk, ann, bob = town.handlers[0], town.dispatcher, people["ann"], people["bob"]
    order_id = await report(case, "ann", ann, "opened")
    for name in ("bob", "joined_verifier"):
        joined = await make_join(town, order_id, people[name], case.now, description=case.said(name, f"joined{name}"))
        case.tokens[name] = [joined.receipt.tracking_token]
    link, bobs_link = case.tokens["ann"][0], case.tokens["bob"][0]

    await orders.accept(order_id, by(handler))
    await orders.give_back(order_id, Return(reason=ReturnReason.NOT_OURS, note=mark("returned")), by(handler))
    await orders.reassign(order_id, Reassign(unit_id=town.unit_id, reason=mark("reassigned")), by(desk))
    await orders.accept(order_id, by(handler))
    await orders.urge(order_id, mark("deskurged"), by(desk))
    await reports.urge(link, case.said("ann", "annurged"), idempotency_key=None, now=by(ann).now)
    await reports.urge(bobs_link, case.said("bob", "boburged"), idempotency_key=None, now=by(bob).now)
    await orders.supervise(order_id, mark("supervised"), by(desk))
    await orders.co_handle(
        order_id, CoHandle(unit_id=await make_unit("greening"), reason=mark("cohandled")), by(handler)
    )
    await db.execute("UPDATE work_order SET state = 'cancelled', cancelled_at = now() WHERE parent_id = $1", order_id)
    await orders.ask_extension(order_id, AskExtension(minutes=20, reason=mark("askedmore")), by(handler))
    await orders.decide(order_id, Decide(is_granted=True, reason=mark("grantedmore")), by(desk))
    await orders.ask_suspension(order_id, AskSuspension(reason=mark("askedpause")), by(handler))
    await orders.decide(order_id, Decide(is_granted=False, reason=mark("refused")), by(desk))
    await orders.ask_suspension(order_id, AskSuspension(reason=mark("askedagain")), by(handler))
    await orders.decide(order_id, Decide(is_granted=True, reason=mark("grantedpause")), by(desk))
    await orders.resume(order_id, by(handler))
    appeal = Appeal(reason=mark("appealed"), photo_ids=await make_photos(handler))
    await orders.check_in(order_id, CheckInInput(appeal=appeal), by(handler))
    safe = MakeSafe(photo_ids=await make_photos(handler), note=mark("madesafe"))
    await orders.make_safe(order_id, safe, by(handler))
    await finish(case, order_id, "finished")
    await orders.verify(order_id, Verify(result="fail", note=mark("reworked")), by(town.verifier))
    await orders.check_in(order_id, CheckInInput(code=town.code), by(handler))
    await finish(case, order_id, "finishedagain")
    await orders.verify(order_id, Verify(result="pass", note=mark("passed")), by(town.verifier))
    await reports.rate(
        link, Rating(score=1, comment=case.said("ann", "annrated")), idempotency_key=None, now=by(ann).now
    )
    await reports.rate(
        bobs_link, Rating(score=2, comment=case.said("bob", "bobrated")), idempotency_key=None, now=by(bob).now
    )
    await orders.record_call(order_id, Called(result=CallResult.REFUSED, note=mark("called")), by(desk))
    await reports.reopen(bobs_link, case.said("bob", "bobunsolved"), idempotency_key=None, now=by(bob).now)
    await reports.reopen(link, case.said("ann", "annreopened"), idempotency_key=None, now=by(ann).now)
    await orders.cancel(order_id, mark("cancelled"), by(desk))


async def short_lives(case: Case, people: dict[str, Actor]) -> None:
    """What one order cannot go through: merged and parted, passed by two, disputed, and fixed by an inspector."""
    town, by = case.town, case.by
    carls = await report(case, "carl", people["carl"], "carlsaw")
    other = await report(case, "carl", people["carl"], "carlagain")
    await orders.merge(carls, Merge(into_id=other, reason=mark("merged")), by(town.dispatcher))
    await orders.unmerge(carls, mark("parted"), by(town.dispatcher))
    taken_back = await report(case, "carl", people["carl"], "carlbooked")
    await orders.withdraw(taken_back, mark("withdrawn"), by(people["carl"]))
    await make_volunteer(case.now)
    await orders.release(carls, Release(note=mark("released")), by(town.dispatcher))

    async with verified_by("two_person_check"):
        order_id = await make_handled(town, case.now)
        await orders.verify(order_id, Verify(result="pass", note=mark("passedonce")), by(town.verifier))
    async with verified_by("merchant_confirm"):
        order_id = await report(case, "merchant", people["merchant"], "asked")
        await orders.accept(order_id, by(town.handlers[0]))
        await orders.check_in(order_id, CheckInInput(code=town.code), by(town.handlers[0]))
        await finish(case, order_id, "offered")
    await reports.dispute(
        case.tokens["merchant"][0], case.said("merchant", "disputed"), idempotency_key=None, now=by(town.verifier).now
    )

    inspector = await make_actor("网格员", Role.INSPECTOR, "310115105")
    own = await report(case, "inspector", inspector, "walkedby")
    photos = await make_photos(inspector)
    await orders.self_handle(own, SelfHandled(after_photo_ids=photos, note=mark("selfhandled")), by(inspector))
    also = await make_join(town, own, people["bob"], case.now, description=case.said("bob", "bobalso"))
    case.tokens["bob"].append(also.receipt.tracking_token)


async def report(case: Case, name: str, who: Actor, words: str) -> int:
    as_reporter = case.town.__class__(
        **{f: getattr(case.town, f) for f in case.town.__struct_fields__} | {"resident": who}
    )
    sent = await make_order(as_reporter, case.by(who).now, description=case.said(name, words))
    case.tokens.setdefault(name, []).append(sent.receipt.tracking_token)
    return sent.receipt.order_id


async def finish(case: Case, order_id: int, words: str) -> None:
    before, after = await make_photos(case.town.handlers[0], 2)
    shown = Finish(before_photo_ids=[before], photo_ids=[after], note=mark(words))
    await orders.finish(order_id, shown, case.by(case.town.handlers[0]))
