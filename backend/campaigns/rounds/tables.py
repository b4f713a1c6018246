"""Rounds and their tasks. Checks stand in the migrations."""

from piccolo.columns import BigSerial, ForeignKey, Integer, LazyTableReference, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.campaigns.tables import Campaign
from backend.campaigns.targets.tables import CampaignTarget

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class CampaignRound(Table, tablename="campaign_round"):
    """轮次. `warn_at`: when who goes hears that it is nearly due; none once that was said."""

    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    number = Integer(null=False, default=None)
    starts_at = Timestamptz(null=False, default=None)
    due_at = Timestamptz(null=False, default=None)
    warn_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)


class CampaignTask(Table, tablename="campaign_task"):
    """A target in a round: open, done or missed. `tries`: how often somebody went and has to go again."""

    id = BigSerial(primary_key=True)
    round_id = ForeignKey(CampaignRound, null=False, default=None, **_KEEP)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    target_id = ForeignKey(CampaignTarget, null=False, default=None, **_KEEP)
    area_code = Varchar(length=12, null=False, default=None)
    assignee_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_KEEP)
    state = Varchar(length=6, null=False, default="open")
    tries = SmallInt(null=False, default=0)
    done_at = Timestamptz(null=True, default=None)
