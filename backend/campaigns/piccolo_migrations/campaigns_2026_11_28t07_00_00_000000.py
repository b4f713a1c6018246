"""Campaigns: forms with versions, targets, rounds, records, and what they led to."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    JSONB,
    Array,
    BigSerial,
    Boolean,
    Bytea,
    DoublePrecision,
    ForeignKey,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Campaigns"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class OrgUnit(Table, tablename="org_unit"):
    id = BigSerial(primary_key=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class Campaign(Table, tablename="campaign"):
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
    copied_from_id = ForeignKey("self", null=True, default=None, **_KEEP)
    made_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    made_at = Timestamptz(null=False, default=None)
    started_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    closing_note = Text(null=False, default="")
    version = Integer(null=False, default=1)


class CampaignForm(Table, tablename="campaign_form"):
    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    version = Integer(null=False, default=1)
    content = JSONB(null=False, default=None)
    made_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    made_at = Timestamptz(null=False, default=None)


class CampaignAssignee(Table, tablename="campaign_assignee"):
    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    area_code = Varchar(length=12, null=False, default=None)
    role = Varchar(length=20, null=True, default=None)
    unit_id = ForeignKey(OrgUnit, null=True, default=None, **_KEEP)
    account_id = ForeignKey(Account, null=True, default=None, **_KEEP)


class CampaignTally(Table, tablename="campaign_tally"):
    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    field = Varchar(length=40, null=False, default=None)
    value = Varchar(length=40, null=False, default=None)
    given = Integer(null=False, default=0)


class CampaignTarget(Table, tablename="campaign_target"):
    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    place_id = ForeignKey(Place, null=True, default=None, **_KEEP)
    label = Varchar(length=200, null=False, default=None)
    kind = Varchar(length=20, null=False, default="")
    area_code = Varchar(length=12, null=True, default=None)
    grid_code = Varchar(length=15, null=False, default="")
    lng = DoublePrecision(null=True, default=None)
    lat = DoublePrecision(null=True, default=None)
    said = Varchar(length=300, null=False, default="")
    clues = JSONB(null=True, default=None)
    problem = Varchar(length=20, null=False, default="")
    is_near = Boolean(null=False, default=False)
    contact = Bytea(null=True, default=None)
    assignee_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    added_at = Timestamptz(null=False, default=None)
    removed_at = Timestamptz(null=True, default=None)


class CampaignRound(Table, tablename="campaign_round"):
    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    number = Integer(null=False, default=None)
    starts_at = Timestamptz(null=False, default=None)
    due_at = Timestamptz(null=False, default=None)
    warn_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)


class CampaignTask(Table, tablename="campaign_task"):
    id = BigSerial(primary_key=True)
    round_id = ForeignKey(CampaignRound, null=False, default=None, **_KEEP)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    target_id = ForeignKey(CampaignTarget, null=False, default=None, **_KEEP)
    area_code = Varchar(length=12, null=False, default=None)
    assignee_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    state = Varchar(length=6, null=False, default="open")
    tries = SmallInt(null=False, default=0)
    done_at = Timestamptz(null=True, default=None)


class CampaignRecord(Table, tablename="campaign_record"):
    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    form_id = ForeignKey(CampaignForm, null=False, default=None, **_KEEP)
    task_id = ForeignKey(CampaignTask, null=False, default=None, **_KEEP)
    target_id = ForeignKey(CampaignTarget, null=False, default=None, **_KEEP)
    area_code = Varchar(length=12, null=False, default=None)
    filled_by_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    client_key = Varchar(length=80, null=False, default=None)
    key_print = Varchar(length=64, null=False, default=None)
    captured_at = Timestamptz(null=False, default=None)
    received_at = Timestamptz(null=False, default=None)
    presence = Varchar(length=6, null=False, default="none")
    distance_m = DoublePrecision(null=True, default=None)
    doubts = Array(base_column=Varchar(length=20), null=False, default=[])
    outcome = Varchar(length=5, null=False, default="done")
    answers = JSONB(null=False, default=None)
    personal = Bytea(null=True, default=None)
    erase_at = Timestamptz(null=True, default=None)
    troubles = SmallInt(null=False, default=0)


class CampaignOrder(Table, tablename="campaign_order"):
    id = BigSerial(primary_key=True)
    record_id = ForeignKey(CampaignRecord, null=False, default=None, **_KEEP)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    target_id = ForeignKey(CampaignTarget, null=False, default=None, **_KEEP)
    field = Varchar(length=40, null=False, default=None)
    order_id = ForeignKey(Order, null=True, default=None, **_KEEP)
    is_new = Boolean(null=False, default=True)
    problem = Varchar(length=60, null=False, default="")
    found_at = Timestamptz(null=False, default=None)


class CampaignReading(Table, tablename="campaign_reading"):
    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    record_id = ForeignKey(CampaignRecord, null=True, default=None, **_KEEP)
    target_id = ForeignKey(CampaignTarget, null=True, default=None, **_KEEP)
    account_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    read_at = Timestamptz(null=False, default=None)


TABLES = (
    Campaign,
    CampaignForm,
    CampaignAssignee,
    CampaignTally,
    CampaignTarget,
    CampaignRound,
    CampaignTask,
    CampaignRecord,
    CampaignOrder,
    CampaignReading,
)


async def forwards() -> MigrationManager:
    return tables_migration("campaigns", ID, DESCRIPTION, TABLES, Path(__file__).parent / "campaigns")
