"""Whose a plate is, wherever it hangs or hung: the one answer that every verb asks before it says or does anything.

A plate that hangs no more is still its area's: of its successor's place, else of where it hung last. One that never
hung is of those for whom its batch was minted.
"""

from backend import db
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.structs import Read
from qr import rules
from qr.codes import Code
from qr.errors import CodeUnknown, OutsideYourArea


class Home(Read, frozen=True, kw_only=True):
    area_code: str | None
    """Where it hangs, or hung last; None while it never hung anywhere."""
    batch_area: str
    """What its batch was minted for; empty: everywhere."""


def home_of(code: str) -> str:
    """SQL of the `Home` of a code's row. Takes its alias."""
    return f"""
        SELECT p.area_id AS area_code, batch.area_code AS batch_area
          FROM qr_batch batch LEFT JOIN qr_code next ON next.code = {code}.successor_id
          LEFT JOIN LATERAL (
              SELECT place_id FROM qr_binding WHERE code_id = {code}.code ORDER BY id DESC LIMIT 1) hung ON true
          LEFT JOIN place p ON p.id = coalesce({code}.place_id, next.place_id, hung.place_id)
         WHERE batch.id = {code}.batch_id"""


_HOME = f"SELECT home.* FROM qr_code c CROSS JOIN LATERAL ({home_of('c')}) home WHERE c.code = $1"


async def require_within(code: Code, actor: Actor | None, permission: Permission = Permission.BIND_CODES) -> None:
    """Pass whoever keeps plates where this one belongs. Raises CodeUnknown, OutsideYourArea."""
    row = await db.fetchrow(_HOME, code)
    if row is None:
        raise CodeUnknown(code=code)
    home = Home(**row)
    if home.area_code is None:
        is_within = rules.may_share(actor, permission, home.batch_area)
    else:
        is_within = rules.may_work(actor, permission, home.area_code)
    if not is_within:
        raise OutsideYourArea
