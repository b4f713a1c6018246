"""Campaigns, the versions of their forms, and who goes. Checks stand in the migrations."""

from piccolo.columns import (
    JSONB,
    Array,
    BigSerial,
    ForeignKey,
    Integer,
    LazyTableReference,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _account(*, null: bool = True) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, **_KEEP)


class Campaign(Table, tablename="campaign"):
    """专页. A round begins every `every_h` hours from `starts_at` until `ends_at`, or once; its tasks are due
    `due_within_h` hours later. `personal_days`: after so many days what is sealed is destroyed. `template_code`: out of
    which template it was made, first or by copies; `emergency_id`: what started it.
    """

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    kind = Varchar(length=12, null=False, default=None)
    mode = Varchar(length=9, null=False, default="usual")
    name_zh = Varchar(length=80, null=False, default=None)
    name_en = Varchar(length=120, null=False, default="")
    about = Text(null=False, default="")
    state = Varchar(length=8, null=False, default="draft")
    starts_at = Timestamptz(null=False, default=None)
    ends_at = Timestamptz(null=False, default=None)
    every_h = Integer(null=True, default=None)
    due_within_h = Integer(null=False, default=None)
    personal_days = SmallInt(null=False, default=None)
    personal_roles = Array(base_column=Varchar(length=20), null=False, default=[])
    template_code = Varchar(length=40, null=False, default="")
    emergency_id = ForeignKey(LazyTableReference("Emergency", app_name="emergencies"), null=True, default=None, **_KEEP)
    copied_from_id = ForeignKey("self", null=True, default=None, **_KEEP)
    made_by_id = _account()
    made_at = Timestamptz(null=False, default=None)
    started_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    closing_note = Text(null=False, default="")
    version = Integer(null=False, default=1)


class CampaignForm(Table, tablename="campaign_form"):
    """表单, one version. `content`: kinds of targets and fields, as `forms.fields` reads them. Used once, it stays."""

    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    version = Integer(null=False, default=1)
    content = JSONB(null=False, default=None)
    made_by_id = _account()
    made_at = Timestamptz(null=False, default=None)


class CampaignAssignee(Table, tablename="campaign_assignee"):
    """谁去: the holders of a role, a unit, or a person, each within an area."""

    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    area_code = Varchar(length=12, null=False, default=None)
    role = Varchar(length=20, null=True, default=None)
    unit_id = ForeignKey(LazyTableReference("OrgUnit", app_name="accounts"), null=True, default=None, **_KEEP)
    account_id = _account()


class CampaignTally(Table, tablename="campaign_tally"):
    """How often an answer that is sealed was given: so that the centre has counts where it may read no answer."""

    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    field = Varchar(length=40, null=False, default=None)
    value = Varchar(length=40, null=False, default=None)
    given = Integer(null=False, default=0)


class CampaignReading(Table, tablename="campaign_reading"):
    """Who opened what is sealed, and when: the answers of a record, or the contact of a target."""

    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    record_id = ForeignKey(LazyTableReference("CampaignRecord", app_name="campaigns"), null=True, default=None, **_KEEP)
    target_id = ForeignKey(LazyTableReference("CampaignTarget", app_name="campaigns"), null=True, default=None, **_KEEP)
    account_id = _account(null=False)
    read_at = Timestamptz(null=False, default=None)
