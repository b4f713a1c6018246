"""Make the pseudonym by which a complaint is filed, and seal who stands behind it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend import db
from backend.accounts import queries as accounts
from backend.accounts import service as people
from backend.accounts.structs import Actor
from backend.privacy.seals import Seal
from backend.sql import sql
from backend.structs import IdempotencyKey
from media import service as media
from shops.complaints.structs import Contact, Identity

_KNOWN = "SELECT pseudonym_id FROM shop_complaint WHERE key_print = ANY($1::bytea[])"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('complaint ' || encode($1, 'hex'), 0))"
_ADD = """
    INSERT INTO shop_complaint (pseudonym_id, identity, key_print, made_at)
    VALUES (:pseudonym_id, :identity, :key_print, :now)
"""


def about(pseudonym_id: int) -> str:
    """What an identity is sealed about."""
    return f"shop_complaint.identity:{pseudonym_id}"


async def stand_behind(
    reporter: Actor,
    key: IdempotencyKey,
    contact: Contact,
    photo_ids: Sequence[UUID],
    *,
    seal: Seal,
    now: datetime,
) -> Actor:
    """Who files the complaint in the reporter's place, the same one for the same key, with the reporter's photos.

    The identity is sealed before anything is filed: whoever comes later finds nobody else.
    """
    key_print = seal.print_of(f"{reporter.account_id} {key}")
    # Of a phone that was joined into this account since: what it sent then is not filed again.
    former = [seal.print_of(f"{each} {key}") for each in await accounts.list_merged(reporter.account_id)]
    async with db.transaction():
        await db.execute(_LOCK, key_print)
        pseudonym_id = await db.fetchval(_KNOWN, [key_print, *former])
        if pseudonym_id is None:
            pseudonym_id = await people.add_pseudonym(now)
            sealed = seal.close(_identity(reporter, contact), about(pseudonym_id))
            await db.execute(sql(_ADD, pseudonym_id=pseudonym_id, identity=sealed, key_print=key_print, now=now))
        await media.give_to(photo_ids, reporter.account_id, pseudonym_id)
        return await accounts.get_actor(pseudonym_id)


def _identity(reporter: Actor, contact: Contact) -> str:
    identity = Identity(
        account_id=reporter.account_id,
        account_name=reporter.name,
        name=contact.name.strip(),
        phone=contact.phone.strip(),
    )
    return msgspec.json.encode(identity).decode()
