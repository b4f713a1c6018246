"""Versions of a campaign's form: a draft is written over, what was started with is only followed by another one."""

from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns.forms import checking
from backend.campaigns.forms.checking import FormFaultKind
from backend.campaigns.forms.fields import FormContent, FormVersion
from backend.items import queries as items
from backend.sql import sql

_ONE = "SELECT id, campaign_id, version, content::text FROM campaign_form WHERE id = $1"
_MANY = "SELECT id, campaign_id, version, content::text FROM campaign_form WHERE id = ANY($1::bigint[])"
_VERSIONS = "SELECT id, campaign_id, version, content::text FROM campaign_form WHERE campaign_id = $1 ORDER BY version"
_INSERT = """
    INSERT INTO campaign_form (campaign_id, version, content, made_by_id, made_at)
    VALUES (:campaign_id, (SELECT coalesce(max(version), 0) + 1 FROM campaign_form WHERE campaign_id = :campaign_id),
        :content, :account_id, :now)
    RETURNING id
"""
_REPLACE = "UPDATE campaign_form SET content = :content, made_by_id = :account_id, made_at = :now WHERE id = :form_id"


async def get_form(form_id: int) -> FormVersion:
    """A version that is there."""
    row = await db.fetchrow(_ONE, form_id)
    assert row is not None
    return _form(row)


async def find_forms(form_ids: list[int]) -> dict[int, FormVersion]:
    """Versions by id."""
    return {row["id"]: _form(row) for row in await db.fetch(_MANY, form_ids)}


async def list_versions(campaign_id: int) -> list[FormVersion]:
    """The earliest first."""
    return [_form(row) for row in await db.fetch(_VERSIONS, campaign_id)]


async def faults_of(content: FormContent, *, is_draft: bool) -> list[checking.FormFault]:
    """What is wrong with a form; of a draft it is nothing to be empty yet."""
    found = checking.faults_of(content, await items.list_open_codes())
    return [each for each in found if not (is_draft and each.why is FormFaultKind.EMPTY)]


async def add_version(campaign_id: int, content: FormContent, by: Actor | None, now: datetime) -> int:
    """The next version. Within the caller's transaction and lock of the campaign. Returns its number."""
    values = {"content": _json(content), "account_id": by.account_id if by else None, "now": now}
    return await db.fetchval(sql(_INSERT, campaign_id=campaign_id, **values))


async def replace_version(form_id: int, content: FormContent, by: Actor, now: datetime) -> None:
    """Write over a version by which nothing was filled in."""
    await db.execute(sql(_REPLACE, form_id=form_id, content=_json(content), account_id=by.account_id, now=now))


def _json(content: FormContent) -> str:
    return msgspec.json.encode(content).decode()


def _form(row: asyncpg.Record) -> FormVersion:
    content = msgspec.json.decode(row["content"], type=FormContent)
    return FormVersion(id=row["id"], campaign_id=row["campaign_id"], version=row["version"], content=content)
