"""Records and the orders that they led to. Checks stand in the migrations."""

from piccolo.columns import (
    JSONB,
    Array,
    BigSerial,
    Boolean,
    Bytea,
    DoublePrecision,
    ForeignKey,
    LazyTableReference,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.campaigns.rounds.tables import CampaignTask
from backend.campaigns.tables import Campaign, CampaignForm
from backend.campaigns.targets.tables import CampaignTarget

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class CampaignRecord(Table, tablename="campaign_record"):
    """排查记录, by the version of the form with which it was filled in. No position is stored, only what it proves.

    `answers` says what anybody of the desk may read; `personal` is sealed until `erase_at`. `client_key`: what the
    phone calls it.
    """

    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    form_id = ForeignKey(CampaignForm, null=False, default=None, **_KEEP)
    task_id = ForeignKey(CampaignTask, null=False, default=None, **_KEEP)
    target_id = ForeignKey(CampaignTarget, null=False, default=None, **_KEEP)
    area_code = Varchar(length=12, null=False, default=None)
    filled_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=False, default=None, **_KEEP)
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
    """The order that an answer led to: opened by it, or open already since the same was answered before.

    Without an order `problem` says why none was opened: a person decides.
    """

    id = BigSerial(primary_key=True)
    record_id = ForeignKey(CampaignRecord, null=False, default=None, **_KEEP)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    target_id = ForeignKey(CampaignTarget, null=False, default=None, **_KEEP)
    field = Varchar(length=40, null=False, default=None)
    order_id = ForeignKey(LazyTableReference("Order", app_name="orders"), null=True, default=None, **_KEEP)
    is_new = Boolean(null=False, default=True)
    problem = Varchar(length=60, null=False, default="")
    found_at = Timestamptz(null=False, default=None)
