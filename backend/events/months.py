"""How the log is cut by month."""

from backend.partitions.catalogue import PartitionedTable
from backend.sql import Sql

LOG = PartitionedTable("event_log", "recorded_at", retained=Sql("stored.id IN (SELECT event_id FROM event_pending)"))
"""A fact that was never delivered stays, however old."""
