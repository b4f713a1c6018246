"""Photos that change hands before they are used: of somebody who files something under another account."""

from collections.abc import Sequence
from uuid import UUID

from backend import db

_GIVE = """
    WITH given AS (
        UPDATE photo SET owner_id = $3, client_key = NULL WHERE id = ANY($1::uuid[]) AND owner_id = $2
          AND NOT EXISTS (SELECT FROM photo_attachment a WHERE a.photo_id = photo.id) RETURNING id)
    UPDATE photo_upload u SET owner_id = $3 FROM given WHERE u.id = given.id
"""
"""An upload has the number of its photo, and would say whose it was."""


async def give_to(photo_ids: Sequence[UUID], owner_id: int, receiver_id: int) -> None:
    """Let unused photos of an owner belong to another account; those of others, and used ones, stay as they are.

    In the caller's transaction. Attaching them says which cannot serve.
    """
    if photo_ids:
        await db.execute(_GIVE, list(photo_ids), owner_id, receiver_id)
