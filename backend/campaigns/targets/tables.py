"""The table of targets. Checks stand in the migrations."""

from piccolo.columns import (
    JSONB,
    BigSerial,
    Boolean,
    Bytea,
    DoublePrecision,
    ForeignKey,
    LazyTableReference,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.campaigns.tables import Campaign

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class CampaignTarget(Table, tablename="campaign_target"):
    """排查点: a place, or a position alone. Without an area nobody knows yet where it is: `problem` says why.

    `contact` is sealed; it is destroyed with what is personal of the campaign. `said`: how a list called it; `clues`:
    all that it said, until it was found.
    """

    id = BigSerial(primary_key=True)
    campaign_id = ForeignKey(Campaign, null=False, default=None, **_KEEP)
    place_id = ForeignKey(LazyTableReference("Place", app_name="places"), null=True, default=None, **_KEEP)
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
    assignee_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_KEEP)
    added_at = Timestamptz(null=False, default=None)
    removed_at = Timestamptz(null=True, default=None)
