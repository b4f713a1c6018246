"""How devices are doing in numbers: by kind, and each day of a source."""

from backend import db
from backend.accounts import permissions
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.intake.sensors import town_kinds
from backend.intake.sensors.kinds import kinds
from backend.sql import sql
from backend.structs import Read

_BY_KIND = """
    SELECT s.kind, count(*) AS sensors, count(*) FILTER (WHERE NOT s.is_on) AS switched_off,
           count(*) FILTER (WHERE st.silent_since IS NOT NULL) AS silent,
           count(*) FILTER (WHERE st.battery_low_at IS NOT NULL) AS battery_low,
           sum(s.right_count) AS right_count, sum(s.wrong_count) AS wrong_count
    FROM sensor s JOIN sensor_state st ON st.sensor_id = s.id WHERE {seen} GROUP BY s.kind ORDER BY s.kind
"""


class SensorKindFigures(Read, frozen=True, kw_only=True):
    """The devices of a kind in the reader's areas. `right_count`, `wrong_count`: alarms, by their orders' ends."""

    kind: str
    kind_zh: str
    kind_en: str
    sensors: int
    switched_off: int
    silent: int
    battery_low: int
    right_count: int
    wrong_count: int


async def list_by_kind(actor: Actor) -> list[SensorKindFigures]:
    """Each kind of which there is a device in the actor's areas."""
    seen = within_any("s.area_code", permissions.areas_of(actor, Permission.READ_DESK), "reader_area")
    rows = await db.fetch(sql(_BY_KIND, seen=seen))
    await town_kinds.refresh()
    return [
        SensorKindFigures(**row, kind_zh=kinds()[row["kind"]].name_zh, kind_en=kinds()[row["kind"]].name_en)
        for row in rows
    ]
