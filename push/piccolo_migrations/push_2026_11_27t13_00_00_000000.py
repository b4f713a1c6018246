"""Two phones of a person may be forgotten: their deliveries of one message then name no phone, both of them.

The constraint before took two deliveries without a phone for one and the same, so that the second could not be
forgotten. Where there are no phones, once a message and channel is still the rule.
"""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T13:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Deliveries of phones that are gone"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="push", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute((Path(__file__).parent / "phones" / "once.sql").read_text("utf-8"))
