"""Originals of a complaint's photos stay sealed with the identity: what a camera wrote into them may name somebody."""

from datetime import datetime
from uuid import UUID

from backend import db
from backend.accounts.structs import Actor
from media import queries as photos
from media.errors import EvidenceForbidden
from shops.complaints import rules
from shops.complaints.errors import IdentityStillSealed

_SEALED = """
    SELECT c.pseudonym_id, o.area_code, EXISTS (
        SELECT FROM identity_opening g WHERE g.complaint_id = c.id AND g.readable_until > $3
        AND $2 IN (g.asked_by_id, g.decided_by_id)) AS is_open
    FROM work_order o JOIN shop_complaint c ON c.pseudonym_id = o.opened_by_id WHERE o.id = $1
"""


async def require_open(order_id: int, photo_id: UUID, actor: Actor, now: datetime) -> None:
    """Nothing for photos of others than a complaint's reporter, and for the two persons while they read the identity.

    Raises IdentityStillSealed for whoever may ask for an opening, EvidenceForbidden for everybody else.
    """
    row = await db.fetchrow(_SEALED, order_id, actor.account_id, now)
    if row is None or row["is_open"] or await photos.find_photo(photo_id, row["pseudonym_id"], now) is None:
        return
    raise IdentityStillSealed if rules.may_open(actor, row["area_code"]) else EvidenceForbidden
