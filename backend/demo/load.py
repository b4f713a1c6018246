"""All that a demonstration needs, once: street, people, duty, volunteers, shops, check lists, codes, the card."""

from dataclasses import replace
from datetime import datetime

from backend import runtimes
from backend.config import Settings
from backend.demo import (
    checklists,
    committees,
    consultations,
    duty,
    elders,
    kitchens,
    lifts,
    patrols,
    people,
    pickups,
    register,
    rewards,
    street,
    volunteers,
)
from backend.demo.card import write_card
from backend.places import queries as places
from qr import codes
from qr import queries as qr
from qr import service as registry
from qr.codes import CodeKeyring


async def load_demo(settings: Settings, base_url: str, now: datetime) -> None:
    """Load what is missing; safe and cheap to repeat."""
    await street.load_street()
    await people.load_people(now)
    await duty.load_duty(now)
    await volunteers.load_volunteers(now)
    await rewards.load_rewards(runtimes.personal_seal(settings), now)
    await register.load_register(runtimes.personal_seal(settings), now)
    await pickups.load_pickups(now)
    await checklists.load_checklists(now)
    await checklists.load_inspections(now)
    await committees.load_committees(now)
    await patrols.load_patrols(now)
    keys = codes.keyring(settings.secret, settings.code_keys)
    await _hang_codes(keys, now)
    await kitchens.load_kitchens(now)
    await consultations.load_consultations(now)
    await lifts.load_lifts(keys, now)
    await elders.load_elders(runtimes.personal_seal(settings), now)
    here = replace(settings, base_url=base_url)
    await write_card(settings.state_dir, base_url, runtimes.payload_of(here))


async def _hang_codes(keys: CodeKeyring, now: datetime) -> None:
    place_ids = await places.list_ids(street.DATASET)
    coded = await qr.list_codes_of(place_ids)
    bare = [place_id for place_id in place_ids if place_id not in coded]
    if bare:
        await registry.mint_bound(bare, keys=keys, now=now, note="demo street")
