"""WeCom: the cards with buttons that members have."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, BigSerial, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T13:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Cards of WeCom"


class MessageDelivery(Table, tablename="message_delivery"):
    id = BigSerial(primary_key=True)


class WecomCard(Table, tablename="wecom_card"):
    id = BigSerial(primary_key=True)
    task_id = Varchar(length=128, null=False, unique=True)
    delivery_id = ForeignKey(MessageDelivery, null=False, default=None, on_delete=OnDelete.cascade)
    order_id = BigInt(null=False, default=None)
    event_id = BigInt(null=False, default=None)
    response_code = Text(null=False)
    code_at = Timestamptz(null=False, default=None)
    words = Text(null=False, default="")
    updated_at = Timestamptz(null=True, default=None)


async def forwards() -> MigrationManager:
    return tables_migration("push", ID, DESCRIPTION, (WecomCard,), Path(__file__).parent / "cards")
