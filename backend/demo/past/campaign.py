"""A campaign of the demo street that is under way: doors and shops before the winter, two thirds of them seen."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random

from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import SHANGHAI, shanghai_date
from backend.campaigns import lifecycle, making, queries
from backend.campaigns.forms.answers import GivenAnswer
from backend.campaigns.forms.fields import (
    CampaignField,
    CampaignFieldKind,
    FieldOption,
    FormContent,
    TargetKind,
    TroubleRule,
)
from backend.campaigns.records import filing
from backend.campaigns.records.structs import NewCampaignRecord
from backend.campaigns.rounds import own_tasks
from backend.campaigns.rounds.structs import OwnTask
from backend.campaigns.structs import Assignee, CampaignKind, CampaignSettings, NewCampaign
from backend.campaigns.targets import adding
from backend.campaigns.targets.structs import NewTarget
from backend.demo.ground import TOWN_CODE
from backend.geo.points import Fix
from backend.places.kinds import PlaceKind
from backend.places.structs import PlaceRead
from backend.privacy.seals import Seal
from backend.structs import IdempotencyKey

_AGO, _LASTS, _OPENS = timedelta(days=6), timedelta(days=14), time(9)
_TARGETS, _DAYS, _A_DAY = 60, 7, 6
_ABOUT = "入冬前对沿街商铺和居民楼道逐处检查:通道是否畅通、消防设施是否完好、有无飞线充电。(演示数据)"
_FORM = FormContent(
    kinds=[
        TargetKind(code="shop", zh="沿街商铺", en="Shop"),
        TargetKind(code="corridor", zh="居民楼道", en="Corridor"),
    ],
    fields=[
        CampaignField(
            key="clear",
            kind=CampaignFieldKind.YES_NO,
            zh="疏散通道、安全出口畅通",
            en="Escape routes are clear",
            is_required=True,
            trouble=TroubleRule(item="B101", values=["no"]),
        ),
        CampaignField(
            key="gear",
            kind=CampaignFieldKind.CHOICE,
            zh="灭火器",
            en="Extinguishers",
            is_required=True,
            options=[
                FieldOption(code="good", zh="完好", en="In order"),
                FieldOption(code="old", zh="已过期", en="Out of date"),
                FieldOption(code="none", zh="没有", en="None"),
            ],
            trouble=TroubleRule(item="B102", values=["none"]),
        ),
        CampaignField(
            key="people", kind=CampaignFieldKind.NUMBER, zh="现场人数", en="People there", unit="人", least=0, most=500
        ),
        CampaignField(key="remark", kind=CampaignFieldKind.TEXT, zh="备注", en="Remark"),
    ],
)


async def load(scenes: Sequence[PlaceRead], seal: Seal, chance: Random, now: datetime) -> None:
    """Made six days ago by the town, walked by its inspector since."""
    town, inspector = await _actor(Role.STREET_ADMIN), await _actor(Role.INSPECTOR)
    began = datetime.combine(shanghai_date(now - _AGO), _OPENS, SHANGHAI)
    settings = CampaignSettings(
        name_zh="冬季消防安全排查(演示)",
        name_en="Fire safety before the winter (demonstration)",
        about=_ABOUT,
        kind=CampaignKind.FIRE,
        starts_at=began,
        ends_at=began + _LASTS,
        due_within_h=int(_LASTS / timedelta(hours=1)),
    )
    goes = [Assignee(area_code=TOWN_CODE, role=role) for role in (Role.INSPECTOR, Role.COMMITTEE)]
    new = NewCampaign(area_code=TOWN_CODE, settings=settings, content=_FORM, assignees=goes)
    campaign_id = await making.create(new, town, began - timedelta(hours=3))
    targets = [NewTarget(place_id=each.id, kind=_kind_of(each)) for each in chance.sample(list(scenes), _TARGETS)]
    await adding.add_targets(campaign_id, targets, town, seal, began - timedelta(hours=2))
    await lifecycle.start(campaign_id, town, began)
    form_id = (await queries.get_own(campaign_id, town)).form_id
    tasks = await own_tasks.list_own(inspector, campaign_id=campaign_id)
    chance.shuffle(tasks)
    for task, at in zip(tasks, _rounds(began, now), strict=False):
        await filing.file_record(task.id, _record(task, form_id, at, chance, now), inspector, seal, at)


def _rounds(began: datetime, now: datetime) -> list[datetime]:
    """When the inspector stands somewhere: some places each day, in office hours, as far as now."""
    times = (began + timedelta(days=day, minutes=40 + 55 * nr) for day in range(_DAYS) for nr in range(_A_DAY))
    return [at for at in times if at < now]


def _kind_of(place: PlaceRead) -> str:
    return "shop" if place.kind is PlaceKind.STOREFRONT else "corridor"


def _record(task: OwnTask, form_id: int, at: datetime, chance: Random, now: datetime) -> NewCampaignRecord:
    """Trouble is found in the last hours alone: its orders wait like any others of today."""
    is_late = now - at < timedelta(hours=20)
    gear = "none" if is_late and chance.random() < 0.4 else chance.choices(("good", "old"), (9, 1))[0]
    answers = [
        GivenAnswer(field="clear", value="yes"),
        GivenAnswer(field="gear", value=gear),
        GivenAnswer(field="people", value=str(chance.randrange(0, 12))),
    ]
    here = Fix(task.point.lng, task.point.lat, accuracy_m=12)
    return NewCampaignRecord(
        client_id=IdempotencyKey(f"demo-past-record-{task.id}"), form_id=form_id, answers=answers, point=here
    )


async def _actor(role: Role) -> Actor:
    account_id = await accounts.find_account_id(role.value)
    assert account_id is not None
    return await accounts.get_actor(account_id)
