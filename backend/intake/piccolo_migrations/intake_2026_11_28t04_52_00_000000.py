"""The keys of readings that count for alarms, by month of arrival: the empty table gives way to a partitioned one."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db
from backend.partitions import making
from backend.partitions.months import month_of

ID = "2026-11-28T04:52:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys of readings by month"
_TABLE = "alarm_reading"
_MAKE = (
    "DROP TABLE alarm_reading",
    """
    CREATE TABLE alarm_reading (
        id bigserial NOT NULL, sensor_id bigint NOT NULL REFERENCES sensor ON DELETE RESTRICT ON UPDATE CASCADE,
        reading_no varchar(80) NOT NULL, cause varchar(24) NOT NULL DEFAULT '', is_recovery boolean NOT NULL
        DEFAULT false, measured_at timestamptz NOT NULL, taken_at timestamptz NOT NULL,
        PRIMARY KEY (id, taken_at), CONSTRAINT alarm_reading_numbered CHECK (reading_no <> '')
    ) PARTITION BY RANGE (taken_at)
    """,
    "CREATE INDEX alarm_reading_by_number ON alarm_reading (sensor_id, reading_no)",
    "CREATE INDEX alarm_reading_cleared ON alarm_reading (sensor_id, cause, measured_at) WHERE is_recovery",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="intake", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    async with db.transaction(), db.connection() as connection:
        for statement in _MAKE:
            await connection.execute(statement)
        first = month_of(await connection.fetchval("SELECT now()")).plus(1)
        before = f"{_TABLE}_before_{first.suffix}"
        await making.make_part(connection, _TABLE, before)
        await making.attach(connection, _TABLE, before, None, first.begins_at)
        await making.make_rest(connection, _TABLE, first)
