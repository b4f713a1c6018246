"""A campaign of the small town: a form of a few fields, the town's door and two other places, and who goes."""

from datetime import datetime, timedelta

import msgspec

from backend import db
from backend.accounts.structs import Actor, Role
from backend.campaigns import lifecycle, making
from backend.campaigns.forms.answers import GivenAnswer
from backend.campaigns.forms.fields import FormContent
from backend.campaigns.records import filing
from backend.campaigns.records.structs import FiledCampaignRecord, NewCampaignRecord
from backend.campaigns.structs import Assignee, CampaignSettings, NewCampaign
from backend.campaigns.targets import adding
from backend.campaigns.targets.structs import NewTarget
from backend.privacy.seals import PERSONAL, Seal
from tests.makers.patrols import make_places
from tests.makers.town import COMMITTEE, DEMO_SECRET, TOWN, SmallTown, make_actor, make_staffed_unit

SEAL = Seal({1: DEMO_SECRET}, PERSONAL)
"""As the app under test seals."""
FIELDS = [
    {
        "key": "met",
        "kind": "choice",
        "zh": "结果",
        "options": [{"code": "met", "zh": "见到"}, {"code": "nobody", "zh": "无人"}],
        "is_required": True,
        "again": ["nobody"],
    },
    {
        "key": "drains",
        "kind": "yes_no",
        "zh": "排水畅通",
        "is_required": True,
        "trouble": {"item": "B403", "values": ["no"]},
    },
    {"key": "water", "kind": "number", "zh": "积水", "unit": "cm", "least": 0, "most": 300,
     "shown_if": {"field": "drains", "values": ["no"]}},
    {"key": "fever", "kind": "yes_no", "zh": "有发热", "is_personal": True},
    {"key": "phone", "kind": "phone", "zh": "电话", "is_personal": True},
    {"key": "photo", "kind": "photo", "zh": "照片"},
]  # fmt: skip
CONTENT = msgspec.convert({"kinds": [{"code": "estate", "zh": "小区"}], "fields": FIELDS}, FormContent)
GOOD = {"met": "met", "drains": "yes"}


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """`tasks`: those of its first round, in the order of `places`; the first is at the town's door."""

    campaign_id: int
    form_id: int
    inspector: Actor
    places: list[int]
    targets: list[int]
    tasks: list[int]


def settings_at(now: datetime, **more: object) -> CampaignSettings:
    usual = {"name_zh": "防汛排查", "starts_at": now, "ends_at": now + timedelta(days=3), "due_within_h": 12}
    return CampaignSettings(**(usual | more))  # type: ignore[arg-type]


async def make_campaign(town: SmallTown, now: datetime, **more: object) -> int:
    """A draft of the town with its form and its inspectors, without targets."""
    new = NewCampaign(
        area_code=TOWN,
        settings=settings_at(now, **more),
        content=CONTENT,
        assignees=[Assignee(area_code="", role=Role.INSPECTOR)],
    )
    return await making.create(new, town.dispatcher, now)


async def make_running(town: SmallTown, now: datetime, **more: object) -> Running:
    """The same with three targets, started; orders of B403 have somebody who does them."""
    if not await db.fetchval("SELECT EXISTS (SELECT FROM org_unit WHERE unit_type = 'joint_station')"):
        await make_staffed_unit("joint_station")
    inspector = await make_actor("网格员", Role.INSPECTOR, COMMITTEE)
    campaign_id = await make_campaign(town, now, **more)
    places = [town.place_id, *await make_places(2, first=51)]
    await adding.add_targets(campaign_id, [NewTarget(place_id=each) for each in places], town.dispatcher, SEAL, now)
    await lifecycle.start(campaign_id, town.dispatcher, now)
    return Running(
        campaign_id=campaign_id,
        form_id=await db.fetchval("SELECT max(id) FROM campaign_form WHERE campaign_id = $1", campaign_id),
        inspector=inspector,
        places=places,
        targets=await ids("SELECT id FROM campaign_target WHERE campaign_id = $1 ORDER BY id", campaign_id),
        tasks=await ids("SELECT id FROM campaign_task WHERE campaign_id = $1 ORDER BY id", campaign_id),
    )


async def ids(statement: str, *values: object) -> list[int]:
    return [row["id"] for row in await db.fetch(statement, *values)]


def answers_of(said: dict[str, str], **more: object) -> list[GivenAnswer]:
    """`more`: of the last answer."""
    answers = [GivenAnswer(field=field, value=value) for field, value in said.items()]
    return [*answers[:-1], msgspec.structs.replace(answers[-1], **more)]


async def file(
    running: Running, said: dict[str, str], now: datetime, *, task: int = 0, key: str = "record-1", **more: object
) -> FiledCampaignRecord:
    """What the inspector filled in at a target; `more`: of the record."""
    answers = more.pop("answers", None) or answers_of(said)
    fields: dict[str, object] = {"client_id": key, "form_id": running.form_id, "answers": answers, **more}
    record = NewCampaignRecord(**fields)  # type: ignore[arg-type]
    return await filing.file_record(running.tasks[task], record, running.inspector, SEAL, now)
