"""How long orders are offered, and to how many people."""

from pathlib import Path

from piccolo.columns import Array, BigSerial, Integer, Varchar
from piccolo.table import Table

from backend.schema.first import FirstMigration, tables_migration

ID = "2026-11-27T15:06:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Windows of offers"


class OfferPolicy(Table, tablename="offer_policy"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default="")
    item_prefix = Varchar(length=8, null=False, default="")
    priorities = Array(base_column=Varchar(length=2), null=False, default=[])
    window_min = Integer(null=False)
    people_needed = Integer(null=False, default=1)


async def forwards() -> FirstMigration:
    return tables_migration("orders", ID, DESCRIPTION, (OfferPolicy,), Path(__file__).parent / "offers")
