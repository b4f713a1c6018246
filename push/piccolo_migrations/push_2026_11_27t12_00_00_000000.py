"""Messages leave the house: devices, gateways, routes, deliveries, and what a person does not want to be called for."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    JSONB,
    UUID,
    BigSerial,
    Boolean,
    ForeignKey,
    Integer,
    OnDelete,
    SmallInt,
    Text,
    Time,
    Timestamptz,
    Varchar,
)
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Deliveries over gateways"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Session(Table, tablename="session"):
    id = UUID(primary_key=True)


class Message(Table, tablename="message"):
    id = BigSerial(primary_key=True)


class Device(Table, tablename="device"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.cascade)
    session_id = ForeignKey(Session, null=False, default=None, on_delete=OnDelete.cascade)
    channel = Varchar(length=8, null=False)
    token = Varchar(length=400, null=False)
    token_kind = Varchar(length=5, null=False, default="token")
    platform = Varchar(length=8, null=False)
    language = Varchar(length=2, null=False, default="zh")
    registered_at = Timestamptz(null=False, default=None)
    refreshed_at = Timestamptz(null=False, default=None)


class GatewayState(Table, tablename="gateway"):
    channel = Varchar(length=8, primary_key=True)
    is_on = Boolean(null=False, default=False)
    paused_until = Timestamptz(null=True, default=None)
    paused_for = Text(null=False, default="")


class Route(Table, tablename="message_route"):
    id = BigSerial(primary_key=True)
    recipient = Varchar(length=12, null=False)
    priority = Varchar(length=2, null=False)
    stage = SmallInt(null=False, default=0)
    position = SmallInt(null=False, default=0)
    channel = Varchar(length=8, null=False)
    after_s = Integer(null=False, default=0)
    after_percent = SmallInt(null=False, default=0)


class MessageDelivery(Table, tablename="message_delivery"):
    id = BigSerial(primary_key=True)
    message_id = ForeignKey(Message, null=False, default=None, on_delete=OnDelete.cascade)
    account_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.cascade)
    channel = Varchar(length=8, null=False)
    device_id = ForeignKey(Device, null=True, default=None, on_delete=OnDelete.set_null)
    stage = SmallInt(null=False, default=0)
    position = SmallInt(null=False, default=0)
    bundle = Varchar(length=32, null=False)
    is_urgent = Boolean(null=False, default=False)
    state = Varchar(length=8, null=False, default="queued")
    next_at = Timestamptz(null=True, default=None)
    claimed_until = Timestamptz(null=True, default=None)
    attempts = SmallInt(null=False, default=0)
    carried_by_id = ForeignKey("self", null=True, default=None, on_delete=OnDelete.set_null)
    vendor_id = Varchar(length=128, null=False, default="")
    outcome = Varchar(length=12, null=False, default="")
    code = Varchar(length=60, null=False, default="")
    detail = Text(null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    sent_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    resent_at = Timestamptz(null=True, default=None)
    resent_by_id = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.set_null)


class NotificationSettings(Table, tablename="notification_settings"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, unique=True, on_delete=OnDelete.cascade)
    quiet_from = Time(null=True, default=None)
    quiet_until = Time(null=True, default=None)
    digest_at = Time(null=True, default=None)
    changed_at = Timestamptz(null=False, default=None)


class MutedKind(Table, tablename="muted_kind"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.cascade)
    kind = Varchar(length=32, null=False)


TABLES = (Device, GatewayState, Route, MessageDelivery, NotificationSettings, MutedKind)
ADDED = (
    ("recipient", Varchar, {"length": 12, "default": "", "null": False}),
    ("priority", Varchar, {"length": 2, "default": "", "null": False}),
    ("details", JSONB, {"default": "{}", "null": False}),
)


async def forwards() -> MigrationManager:
    manager = tables_migration("push", ID, DESCRIPTION, TABLES, Path(__file__).parent / "deliveries")
    for name, column, params in ADDED:
        manager.add_column(
            table_class_name="Message",
            tablename="message",
            column_name=name,
            column_class=column,
            params=params,
        )
    return manager
