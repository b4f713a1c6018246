"""A fix whose photos show the same place and the thing gone is closed by that, where the town accepts the error."""

import io
from uuid import UUID

import msgspec
import pytest
from PIL import Image

from backend import db
from backend.orders.reads import detail
from backend.orders.verifying.checks import Sampling
from bench.parts.photo_pairs import DRAWN, GONE, make_pair
from media import scenes
from media import service as media
from tests.makers.orders import finish, make_arrived, state_of, verified_by
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")


async def photo_of(picture: Image.Image, owner_id: int, now) -> UUID:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return (await media.receive(owner_id, out.getvalue(), idempotency_key=None, now=now)).photo.id


async def finished(town, now, label: str, accepted_error: float | None) -> int:
    """An order whose reporter's and handler's photos are such a pair; the draw of the sample leaves it out."""
    pair = make_pair(label, DRAWN, "shipped")
    reported = await photo_of(pair.before, town.resident.account_id, now)
    order_id = await make_arrived(town, now, photo_ids=[reported])
    handler = town.handlers[0]
    photos = [
        await photo_of(each, handler.account_id, now) for each in (make_pair(label, DRAWN, "x").before, pair.after)
    ]
    key = next(key for n in range(99) if not Sampling(0, key := bytes([n])).is_drawn(order_id, 0, least=5))
    await finish(order_id, handler, now, Sampling(0, key, accepted_error), photos=photos)
    return order_id


async def test_what_is_gone_is_closed_by_comparison_and_what_stays_waits_for_a_person(now, monkeypatch):
    town = await make_town(now)
    by = scenes.model()
    lenient = msgspec.structs.replace(by, threshold=0.0)
    monkeypatch.setattr(scenes, "model", lambda: lenient)
    async with verified_by("photo_auto"):
        gone = await finished(town, now, GONE, 0.5)
        elsewhere = await finished(town, now, "another place", 0.5)

    assert [await state_of(gone), await state_of(elsewhere)] == ["closed", "handled"]
    shown = await detail.get_order(gone, town.verifier, now)
    assert shown.passed_by_comparison
    assert shown.comparison is not None
    assert (shown.comparison.is_gone, shown.comparison.is_reported, shown.comparison.model) == (True, True, by.version)
    doubted = await detail.get_order(elsewhere, town.verifier, now)
    assert doubted.comparison is not None
    assert doubted.comparison.reason == "other_place"


async def test_without_the_towns_word_nothing_is_compared_and_with_no_error_accepted_it_is_only_shown(now):
    town = await make_town(now)
    async with verified_by("photo_auto"):
        silent = await finished(town, now, GONE, None)
        shown = await finished(town, now, GONE, 0.0)

    checks = await db.fetch("SELECT order_id, detail FROM order_step WHERE move = 'finish' ORDER BY id")
    assert [await state_of(silent), await state_of(shown)] == ["closed", "closed"]
    assert ["comparison" in str(row["detail"]) for row in checks] == [False, True]
    assert not (await detail.get_order(shown, town.verifier, now)).passed_by_comparison
