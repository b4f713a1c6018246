"""Doors and codes of a small street."""

import io
import secrets
from datetime import datetime

from PIL import Image

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Actor, Grant, Role
from qr import codes, render
from qr import service as qr
from qr.codes import Draw
from qr.symbols import stencil
from tests.makers.accounts import signed_in

AREA = "310115105001"
KEYS = codes.keyring("the secret of a small town, long enough")


async def make_doors(count: int) -> list[int]:
    """Doors ten metres apart, from 121.5000, 31.2000 eastwards. Returns their place ids."""
    await db.execute(
        "INSERT INTO area (code, level, name) VALUES ($1, 'committee', '第一居委') ON CONFLICT DO NOTHING", AREA
    )
    rows = await db.fetch(
        """INSERT INTO place (kind, name, address, area_id, loc, raw_lng, raw_lat, dataset, source_key)
           SELECT 'doorplate', '', '莲安东路' || n || '号', $2, ST_MakePoint(121.5 + n * 0.000105, 31.2)::geography,
                  121.5, 31.2, 'street', gen_random_uuid()::text
             FROM generate_series(0, $1 - 1) n RETURNING id""",
        count,
        AREA,
    )
    return [row["id"] for row in rows]


async def make_codes(count: int, now: datetime, draw: Draw = secrets.randbits) -> list[str]:
    """Unbound codes of one batch."""
    batch = await qr.mint(count, keys=KEYS, now=now, draw=draw)
    rows = await db.fetch("SELECT code FROM qr_code WHERE batch_id = $1 ORDER BY code", batch.id)
    return [row["code"] for row in rows]


async def make_binder() -> Actor:
    """A member of the committee's staff, with an account."""
    account_id = await db.fetchval(
        "INSERT INTO account (kind, username, password_hash, display_name, created_at)"
        " VALUES ('staff', 'u' || gen_random_uuid(), '!', '居委', now()) RETURNING id"
    )
    await accounts.grant(account_id, Grant(Role.COMMITTEE, AREA))
    return await signed_in(account_id)


def plate_photo(prefix: str, code: str) -> bytes:
    """A JPEG of a wall with the plate of this code, printed under this prefix."""
    wall = Image.new("L", (800, 600), 190)
    wall.paste(render.image(stencil(prefix).symbol(code), 8), (200, 120))
    packed = io.BytesIO()
    wall.save(packed, "JPEG", quality=85)
    return packed.getvalue()
