"""What maps remember: that something which they draw was changed."""

from piccolo.columns import BigSerial, Timestamptz
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table


class MapChange(Table, tablename="map_change"):
    """One statement that changed areas, grid cells, roads or places. The database writes it in the same transaction."""

    id = BigSerial(primary_key=True)
    at = Timestamptz(null=False, default=TimestamptzNow())
