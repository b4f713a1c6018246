"""A photo of a plate belongs to its binding, where no sweep takes it for unused."""

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.geo.lonlat import LonLat
from media.errors import PhotosNotUsable
from qr import queries
from qr import service as qr
from qr.structs import PlateSighting
from tests.makers.orders import make_photos
from tests.makers.qr import make_binder, make_codes, make_doors
from tests.makers.town import make_actor

pytestmark = pytest.mark.usefixtures("database")


async def test_the_photo_of_a_plate_is_kept_with_its_binding(now):
    (door,), (code,), binder = await make_doors(1), await make_codes(1, now), await make_binder()
    (photo,) = await make_photos(binder)

    await qr.bind(code, door, actor=binder, now=now, seen=PlateSighting(point=LonLat(121.5, 31.2), photo_id=photo))

    kept = await db.fetchrow("SELECT subject_kind, role FROM photo_attachment WHERE photo_id = $1", photo)
    assert tuple(kept) == ("code_binding", "plate")


async def test_a_photo_is_kept_where_the_phone_did_not_know_its_position(now):
    (door,), (code,), binder = await make_doors(1), await make_codes(1, now), await make_binder()
    (photo,) = await make_photos(binder)

    await qr.bind(code, door, actor=binder, now=now, seen=PlateSighting(photo_id=photo))

    assert await db.fetchval("SELECT photo_id FROM qr_binding WHERE code_id = $1", code) == photo
    assert await db.fetchval("SELECT count(*) FROM photo_attachment WHERE photo_id = $1", photo) == 1
    assert await queries.distance_from(code, LonLat(121.5, 31.2)) == 0


async def test_a_binding_with_somebody_else_s_photo_is_refused_whole(now):
    (door,), (code,), binder = await make_doors(1), await make_codes(1, now), await make_binder()
    (photo,) = await make_photos(await make_actor("别人", Role.RESIDENT, ""))

    with pytest.raises(PhotosNotUsable):
        await qr.bind(code, door, actor=binder, now=now, seen=PlateSighting(point=LonLat(121.5, 31.2), photo_id=photo))

    assert await db.fetchval("SELECT status FROM qr_code WHERE code = $1", code) == "unbound"
