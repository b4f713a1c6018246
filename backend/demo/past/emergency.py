"""An emergency of the made-up past: a night of heavy rain, two broadcasts with their receipts, the log, and the end."""

from datetime import datetime, time, timedelta
from random import Random

from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import SHANGHAI, shanghai_date
from backend.demo.ground import TOWN_CODE
from backend.emergencies import broadcasts, groups, loading, modes, plans, receipts, situation
from backend.emergencies.groups import GroupDraft, MemberDraft
from backend.emergencies.structs import (
    AnswerKind,
    Beginning,
    BroadcastAnswerInput,
    BroadcastDraft,
    EmergencyKind,
    EntryDraft,
    LevelChange,
)

_AGO = timedelta(days=18)
_GROUP = GroupDraft(
    code="demo-flood",
    name_zh="防汛指挥组(演示)",
    name_en="Flood command (demonstration)",
    commander=Role.STREET_ADMIN.value,
    deputy=Role.DISPATCHER.value,
    members=[MemberDraft(role=Role.HANDLER), MemberDraft(role=Role.INSPECTOR), MemberDraft(role=Role.COMMITTEE)],
)
_LEVEL, _RAISED = 4, 3
_CHOICES = ["已到岗", "在路上", "不能到岗"]
_LOG = (
    (65, "莲溪路下立交积水约 15 厘米,已设警示并安排泵车", "莲溪路下立交"),
    (110, "泵车到位,开始抽水", "莲溪路下立交"),
    (190, "3 处低洼小区完成沙袋布设", "莲安东路"),
    (310, "积水退至 3 厘米,恢复单车道通行", "莲溪路下立交"),
    (505, "全镇积水点全部消退,巡查未见险情", ""),
)
_ENDS_AFTER = timedelta(minutes=560)


async def load(chance: Random, now: datetime) -> None:
    """From eight in the evening into the early morning, eighteen days ago."""
    command = await _actor(Role.STREET_ADMIN)
    began = datetime.combine(shanghai_date(now - _AGO), time(20), SHANGHAI)
    await loading.load(loading.STANDARD.read_bytes(), TOWN_CODE, began)
    group_id = await groups.set_group(TOWN_CODE, _GROUP, None, began)
    plan = next(each for each in await plans.list_plans(TOWN_CODE) if each.kind is EmergencyKind.FLOOD)
    said = Beginning(
        area_code=TOWN_CODE,
        kind=EmergencyKind.FLOOD,
        level=_LEVEL,
        plan_id=plan.id,
        reason="气象台发布暴雨蓝色预警,启动防汛四级响应(演示)",
    )
    emergency_id = await modes.begin(said, command, began)
    first = BroadcastDraft(
        text="请各单位值班人员立即到岗,巡查低洼路段与在建工地,十分钟内报告到岗情况。",
        answer_kind=AnswerKind.CHOICE,
        choices=_CHOICES,
        minutes=30,
        group_id=group_id,
    )
    await _send(emergency_id, first, command, began + timedelta(minutes=5), chance)
    raised = LevelChange(level=_RAISED, reason="预警升级为黄色,提升为三级响应")
    await modes.set_level(emergency_id, raised, command, began + timedelta(minutes=50))
    for minutes, text, place in _LOG:
        at = began + timedelta(minutes=minutes)
        await situation.note(emergency_id, EntryDraft(text=text, place=place, happened_at=at), command, at)
    second = BroadcastDraft(text="雨势减弱,请继续值守至响应解除,注意安全。", minutes=60, group_id=group_id)
    await _send(emergency_id, second, command, began + timedelta(minutes=330), chance)
    await modes.end(emergency_id, "降雨停止,积水全部消退,恢复常态", command, began + _ENDS_AFTER)


async def _send(emergency_id: int, draft: BroadcastDraft, command: Actor, at: datetime, chance: Random) -> None:
    """Most see it within minutes; some answer late, and a few stay silent."""
    broadcast_id = await broadcasts.send(emergency_id, draft, command, at)
    assert draft.group_id is not None
    reached = await groups.get_people(draft.group_id, TOWN_CODE)
    for person in sorted(set(reached.people) - {command.account_id}):
        luck, actor = chance.random(), await accounts.get_actor(person)
        seen_at = at + timedelta(seconds=chance.randrange(20, 1500))
        if luck < 0.06:
            continue
        await receipts.see(broadcast_id, actor, seen_at)
        if luck < 0.12:
            continue
        choice = chance.choices(range(len(_CHOICES)), (8, 2, 1))[0] if draft.choices else None
        answer = BroadcastAnswerInput(choice=choice)
        await receipts.answer(broadcast_id, answer, actor, seen_at + timedelta(seconds=chance.randrange(10, 400)))


async def _actor(role: Role) -> Actor:
    account_id = await accounts.find_account_id(role.value)
    assert account_id is not None
    return await accounts.get_actor(account_id)
