"""Which facts the parts of intake react to; `backend/wiring.py` takes them in."""

from backend.events.delivery import Reaction
from backend.events.facts import Fact
from backend.intake.cameras import reactions as cameras
from backend.intake.hotline import reactions as hotline
from backend.intake.open311 import reactions as open311
from backend.intake.outgoing import announcing, events
from backend.intake.records import correctness
from backend.intake.records import events as records
from backend.intake.sensors import reactions as sensors
from backend.orders.model import events as orders

WHEN: dict[type[Fact], tuple[Reaction, ...]] = {
    records.RecordFiled: (hotline.bind_records,),
    records.RecordFolded: (hotline.bind_records,),
    records.RecordTurnedAway: (hotline.return_records,),
    orders.OrderReturned: (correctness.note_wrong,),
    orders.OrderCancelled: (correctness.note_wrong, cameras.count_wrong),
    orders.OrderClosed: (cameras.count_right,),
}
"""Besides what others do at these facts; each part adds its own here."""

WHEN |= {kind: (*WHEN.get(kind, ()), open311.follow_orders) for kind in open311.FOLLOWED}
WHEN |= {kind: (*WHEN.get(kind, ()), *reactions) for kind, reactions in sensors.WHEN.items()}
# Sources with an endpoint hear what becomes of their records.
WHEN |= {kind: (*WHEN.get(kind, ()), announcing.announce) for kind in events.TYPES}
WHEN |= {kind: (*WHEN.get(kind, ()), hotline.follow_orders) for kind in hotline.FOLLOWED}
