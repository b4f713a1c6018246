"""Everything that a demonstration needs, once: street, people, a code on every door, and the demo card."""

from datetime import datetime

from backend.config import Settings
from backend.demo import people, street
from backend.demo.card import write_card
from backend.places import queries as places
from qr import codes
from qr import queries as qr
from qr import service as registry


async def load_demo(settings: Settings, base_url: str, now: datetime) -> None:
    """Load what is missing; safe and cheap to repeat."""
    await street.load_street()
    await people.load_people(now)
    await _hang_codes(settings.secret, now)
    await write_card(settings.state_dir, base_url)


async def _hang_codes(secret: str, now: datetime) -> None:
    place_ids = await places.list_ids(street.DATASET)
    coded = await qr.list_codes_of(place_ids)
    bare = [place_id for place_id in place_ids if place_id not in coded]
    if bare:
        await registry.mint_bound(bare, keys=codes.keyring(secret), now=now, note="demo street")
