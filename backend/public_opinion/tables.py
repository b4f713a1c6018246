"""The tables of public opinion, nothing else. Checks stand in the migrations. No text of anybody is stored."""

from piccolo.columns import (
    JSONB,
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    DoublePrecision,
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


class OpinionWord(Table, tablename="opinion_word"):
    """A word of a town's texts. One that turned out to be somebody's name is `is_dropped` and found no more."""

    id = BigSerial(primary_key=True)
    town_code = Varchar(length=9, null=False)
    word = Varchar(length=20, null=False)
    is_place = Boolean(null=False)
    is_dropped = Boolean(null=False, default=False)
    found_at = Timestamptz(null=False, default=None)


class OpinionText(Table, tablename="opinion_text"):
    """What was said of an order, or in a record of a campaign, and which words it has. `reporter`: see `texts.py`.

    `origin`: which text of the order it is, one of each. `source`: from where it came, as pages say it.
    """

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(LazyTableReference("Order", app_name="orders"), null=True, default=None, **_KEEP)
    record_id = BigInt(null=True, default=None)
    origin = Varchar(length=9, null=False, default="order")
    source = Varchar(length=16, null=False, default="")
    town_code = Varchar(length=9, null=False)
    area_code = Varchar(length=12, null=False)
    day = Date(null=False, default=None)
    week = Date(null=False, default=None)
    reporter = BigInt(null=False, default=None)
    word_ids = Array(base_column=BigInt(), null=False, default=[])


class PendingOpinion(Table, tablename="opinion_pending"):
    """An order, or a record of a campaign, to count, or to count anew."""

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(LazyTableReference("Order", app_name="orders"), null=True, default=None, **_KEEP)
    record_id = BigInt(null=True, default=None)


class OpinionCount(Table, tablename="opinion_count"):
    """How many orders and reporters said a word in a week, in a committee or a town. `week`: its Monday."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False)
    week = Date(null=False, default=None)
    word_id = ForeignKey(OpinionWord, null=False, default=None, **_KEEP)
    orders = Integer(null=False)
    reporters = Integer(null=False)


class OpinionTotal(Table, tablename="opinion_total"):
    """How many orders and reporters there were in a week, whatever they said."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False)
    week = Date(null=False, default=None)
    orders = Integer(null=False)
    reporters = Integer(null=False)


class OpinionDistrictCount(Table, tablename="opinion_district_count"):
    """What the towns of a district said in a week, added up; words of several towns are one where they read alike."""

    id = BigSerial(primary_key=True)
    district_code = Varchar(length=6, null=False)
    week = Date(null=False, default=None)
    word = Varchar(length=20, null=False)
    is_place = Boolean(null=False)
    orders = Integer(null=False)
    reporters = Integer(null=False)
    towns = SmallInt(null=False)


class EmergingMatter(Table, tablename="emerging_matter"):
    """苗头: words that rise together, the most surprising first. Warned of once, by `warned_at`, at `threshold`.

    In `days` so many reporters said it, at so many `spots`, by `sources`. Until `quiet_until` it is not raised again.
    """

    id = BigSerial(primary_key=True)
    town_code = Varchar(length=9, null=False)
    area_code = Varchar(length=12, null=False)
    word_ids = Array(base_column=BigInt(), null=False, default=[])
    first_on = Date(null=False, default=None)
    last_on = Date(null=False, default=None)
    orders = Integer(null=False)
    reporters = Integer(null=False)
    expected = DoublePrecision(null=False)
    surprise = DoublePrecision(null=False)
    false_discovery = DoublePrecision(null=False)
    warned_at = Timestamptz(null=True, default=None)
    threshold = DoublePrecision(null=True, default=None)
    verdict = Varchar(length=11, null=True, default=None)
    judged_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_KEEP)
    judged_at = Timestamptz(null=True, default=None)
    days = SmallInt(null=False, default=7)
    spots = Integer(null=False, default=0)
    sources = JSONB(null=False, default="{}")
    standing = Varchar(length=9, null=False, default="open")
    quiet_until = Date(null=True, default=None)


class MatterStep(Table, tablename="matter_step"):
    """Who did what with a warning, and when. Append only: the database refuses to change or delete a step."""

    id = BigSerial(primary_key=True)
    matter_id = ForeignKey(EmergingMatter, null=False, default=None, **_KEEP)
    kind = Varchar(length=11, null=False, default=None)
    reason = Text(null=False, default="")
    order_id = ForeignKey(LazyTableReference("Order", app_name="orders"), null=True, default=None, **_KEEP)
    by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_KEEP)
    at = Timestamptz(null=False, default=None)


class OpinionTown(Table, tablename="opinion_town"):
    """What a town decided about warnings, and what the replay of its past says of chance.

    `surprises`: of each matter that chance made, over `replayed_days`.
    """

    id = BigSerial(primary_key=True)
    town_code = Varchar(length=9, null=False)
    accepted_per_month = DoublePrecision(null=True, default=None)
    set_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_KEEP)
    set_at = Timestamptz(null=True, default=None)
    found_at = Timestamptz(null=True, default=None)
    replayed_at = Timestamptz(null=True, default=None)
    replayed_days = Integer(null=False, default=0)
    surprises = Array(base_column=DoublePrecision(), null=False, default=[])
    quiet_days = SmallInt(null=True, default=None)
