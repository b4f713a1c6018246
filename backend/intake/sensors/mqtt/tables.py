"""The connection to the broker as it was last seen. Checks stand in the migration."""

from piccolo.columns import BigInt, Boolean, Timestamptz, Varchar
from piccolo.table import Table


class BrokerLink(Table, tablename="broker_link"):
    """One process that reads from a broker, by the name that it has there. Numbers count since it was first seen."""

    client_id = Varchar(length=64, primary_key=True)
    beat_at = Timestamptz(null=False, default=None)
    is_connected = Boolean(null=False, default=False)
    received_at = Timestamptz(null=True, default=None)
    """When the last batch was committed."""
    messages = BigInt(null=False, default=0)
    readings = BigInt(null=False, default=0)
    unreadable = BigInt(null=False, default=0)
    refused = BigInt(null=False, default=0)
    """Of a source that is closed."""
    lost_sessions = BigInt(null=False, default=0)
    """How often the broker had forgotten us: what waited there is gone."""
    dropped = BigInt(null=False, default=0)
    """How many messages the broker has thrown away since it started, of everybody."""
