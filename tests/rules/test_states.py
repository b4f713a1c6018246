"""The state table, read aloud: every line that the trunk knows, and no other."""

import pytest

from backend.orders.model.states import ENDED, SHOWN_TO_REPORTERS, State, Transition
from backend.orders.model.transition_table import TABLE, is_possible, rule_of, transitions_from

READ_ALOUD = """
grab              抢单              offered → accepted                                     volunteer and handler and committee, as the pool lets them
end_offer         转派值班          offered → dispatched                                   the system itself
offer_again       重新放入抢单池    accepted → offered                                     the system itself
release           放入抢单池        dispatched → offered                                   desk, in the area
accept            接单              dispatched → accepted                                  handler, of the unit
check_in          到场              accepted → on_site                                     volunteer and handler and committee, who holds it
make_safe         现场防护          on_site                                                volunteer and handler and committee, who holds it; brings photos
finish            处置完成          accepted, on_site → handled                            volunteer and handler and committee, who holds it; brings arrival, evidence, answer
return            退单              dispatched, accepted → dispatched                      handler, who holds it; brings reason
reassign          改派              offered, dispatched, accepted, on_site, suspended → dispatched  desk, in the area; brings reason
pass_on           超时转派          dispatched → dispatched                                the system itself
hand_over         离岗移交          offered, dispatched, accepted, on_site, suspended → dispatched  the system itself
ask_extension     申请延期          accepted, on_site                                      handler, who holds it; brings reason, minutes
grant_extension   批准延期          accepted, on_site                                      desk, but not the handler
ask_suspension    申请挂账          accepted, on_site                                      handler, who holds it; brings reason
grant_suspension  批准挂账          accepted, on_site → suspended                          desk, but not the handler
refuse            不予批准          accepted, on_site                                      desk, but not the handler; brings reason
resume            恢复处置          suspended → accepted                                   handler and desk, who holds it
co_handle         协办              accepted, on_site                                      handler and desk, who holds it; brings unit, reason
urge              催办              offered, dispatched, accepted, on_site, handled                 desk and committee, or the reporter
supervise         督办              offered, dispatched, accepted, on_site, handled                 desk, in the area
cancel            作废              offered, dispatched, accepted, on_site, suspended → cancelled   desk, in the area; brings reason
withdraw          撤回              offered, dispatched, accepted, on_site, suspended → cancelled   anybody, whom its package asks; brings reason
self_handle       自处理            offered, dispatched → closed                                    inspector and committee, who opened it; brings photos
first_pass        首次核查通过      handled                                                verifier and inspector, but no hand in it
pass              核查通过          handled → closed                                       verifier and inspector, but no hand in it
rework            返工              handled → accepted                                     verifier and inspector, but no hand in it; brings reason
auto_pass         自动核查通过      handled → closed                                       the system itself
confirm           商户确认          handled → closed                                       anybody, who asked for it
dispute           商户不认可        handled → accepted                                     anybody, who asked for it; brings reason
reopen            未解决,重新办理  closed → dispatched                                    anybody, who reported it first; brings reason
object            反映未解决        closed                                                 anybody, who reported it later; brings reason
rate              评价              closed                                                 anybody, who reported it; brings score
follow_up         回访              closed                                                 desk, in the area; brings result
join              我也遇到          offered, dispatched, accepted, on_site, handled, suspended, closed  anybody, who stands before it
merge             并案              offered, dispatched, accepted, on_site, handled, suspended → merged  desk, in the area; brings reason
take_in           并入他案          offered, dispatched, accepted, on_site, handled, suspended      desk, in the area
unmerge           拆案              merged → where it was                                  desk, in the area; brings reason
let_go            拆出他案          offered, dispatched, accepted, on_site, handled, suspended, closed, merged  desk, in the area
rezone            边界调整          offered, dispatched, accepted, on_site, handled, suspended      the system itself
note_recovery     设备恢复          offered, dispatched, accepted, on_site, handled, suspended      the system itself
source_pass       来源确认办结      handled → closed                                       anybody, whom its package asks
source_rework     来源回访未解决    handled → accepted                                     anybody, whom its package asks; brings reason
source_recall     来源收回          offered, dispatched, accepted, on_site, handled, suspended → cancelled  anybody, whom its package asks; brings reason
source_extend     来源同意延期      offered, dispatched, accepted, on_site, handled, suspended  anybody, whom its package asks; brings reason, minutes
"""
_WHO = {
    "unit": ", of the unit",
    "holder": ", who holds it",
    "grabber": ", as the pool lets them",
    "area": ", in the area",
    "not_handler": ", but not the handler",
    "no_hand": ", but no hand in it",
    "reporter": ", who reported it",
    "first_reporter": ", who reported it first",
    "later_reporter": ", who reported it later",
    "concerned": ", or the reporter",
    "opener": ", who opened it",
    "anybody": ", who stands before it",
    "merchant": ", who asked for it",
    "branch": ", whom its package asks",
    "system": "the system itself",
}
_AFTER_THE_END = (
    Transition.REOPEN,
    Transition.OBJECT,
    Transition.RATE,
    Transition.FOLLOW_UP,
    Transition.JOIN,
    Transition.UNMERGE,
    Transition.DETACH,
)
_DESK = {"dispatcher", "street_admin", "district_admin"}


def spoken(row) -> tuple[str, ...]:
    roles = [role.value for role in row.roles]
    people = "anybody" if len(roles) == 10 else " and ".join([r for r in roles if r not in _DESK])
    if len(roles) < 10 and set(roles) >= _DESK:
        others = [r for r in roles if r not in _DESK]
        people = "desk and committee" if others == ["committee"] else " and ".join([*others, "desk"])
    order = list(State)
    way = ", ".join(sorted((s.value for s in row.sources), key=lambda s: order.index(State(s))))
    way += f" → {row.target.value}" if row.target else ""
    way += " → where it was" if row.restores else ""
    needs = f"; brings {', '.join(row.needs)}" if row.needs else ""
    return row.move.value, row.zh, way, f"{people}{_WHO[row.who]}{needs}"


def read(line: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in line.split("  ") if part.strip())


def test_the_table_says_what_is_read_here_and_nothing_else():
    assert [spoken(row) for row in TABLE] == [read(line) for line in READ_ALOUD.strip().splitlines()]


@pytest.mark.parametrize("state", State)
def test_only_an_ended_order_has_no_way_on_for_those_who_work(state):
    ways = [row for row in transitions_from(state) if row.move not in _AFTER_THE_END]

    assert bool(ways) is (state not in ENDED)


def test_nothing_happens_to_a_cancelled_order():
    assert not any(is_possible(State.CANCELLED, row.move) for row in TABLE)


def test_reporters_are_told_the_words_of_these_moves_and_of_no_other():
    assert {move.value for move in SHOWN_TO_REPORTERS} == {"make_safe", "finish", "self_handle", "cancel", "withdraw"}


@pytest.mark.parametrize("move", [Transition.PASS, Transition.REWORK, Transition.FIRST_PASS])
def test_nobody_verifies_the_own_work(move):
    assert rule_of(move).who == "no_hand"
