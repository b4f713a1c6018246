"""转入常态的报告: what an emergency was, from beginning to end; while it is on, as far as it has come."""

from datetime import datetime

from backend.accounts.structs import Actor
from backend.emergencies import queries, receipt_reads, situation
from backend.emergencies.receipt_structs import BroadcastView
from backend.emergencies.structs import EmergencyView, LevelView, SituationEntryView
from backend.orders.reads import meanwhile
from backend.orders.reads.meanwhile import OpenMeanwhile, OrdersMeanwhile
from backend.structs import Read

OPEN_MOST = 100


class EmergencyReport(Read, frozen=True, kw_only=True):
    """`open_orders`: what is open now and was opened before the end, with whoever has it: to them it went back."""

    emergency: EmergencyView
    levels: list[LevelView]
    orders: OrdersMeanwhile
    open_orders: list[OpenMeanwhile]
    broadcasts: list[BroadcastView]
    entries: list[SituationEntryView]
    """Oldest first."""
    made_at: datetime

    @property
    def until(self) -> datetime:
        return self.emergency.ended_at or self.made_at


async def make_report(emergency: EmergencyView, reader: Actor, now: datetime) -> EmergencyReport:
    """It asks nobody who may read it; open orders are named to their staff alone, and counted for everybody."""
    until = emergency.ended_at or now
    return EmergencyReport(
        emergency=emergency,
        levels=await queries.list_levels_of(emergency.id),
        orders=await meanwhile.count_meanwhile(emergency.area_code, emergency.begun_at, until),
        open_orders=await meanwhile.list_open_of(emergency.area_code, until, OPEN_MOST, reader),
        broadcasts=list(reversed(await receipt_reads.list_broadcasts(emergency.id))),
        entries=list(reversed(await situation.list_entries(emergency.id, now, reader))),
        made_at=now,
    )
