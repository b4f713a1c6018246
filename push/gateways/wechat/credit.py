"""How many more messages by which template a person has agreed to, as far as we have heard.

A one-time template gives one message for each agreement; of a long-term one the count only says that there is one.
Nothing known is no refusal: then the vendor is asked.
"""

from collections.abc import Mapping, Sequence

import msgspec

from backend import db

Known = dict[tuple[str, str], int]
"""By openid and template."""
_PERSON = "external_identity i ON i.vendor = 'wechat' AND i.subject = w.openid"
_READ = f"""
    SELECT w.openid, w.template_id, c.credit
      FROM unnest($1::text[], $2::text[]) AS w (openid, template_id) JOIN {_PERSON}
      JOIN subscribe_credit c ON c.account_id = i.account_id AND c.template_id = w.template_id
"""
_SPEND = f"""
    UPDATE subscribe_credit c SET credit = greatest(c.credit - w.times, 0), changed_at = now()
      FROM jsonb_to_recordset($1::jsonb) AS w (openid text, template_id text, times int) JOIN {_PERSON}
     WHERE c.account_id = i.account_id AND c.template_id = w.template_id
"""
_MERGE = """
    ON CONFLICT (account_id, template_id) DO UPDATE
        SET credit = CASE WHEN excluded.credit > 0
                          THEN least(subscribe_credit.credit + excluded.credit, 1000) ELSE 0 END,
            changed_at = excluded.changed_at
"""
_ADD = f"""
    INSERT INTO subscribe_credit (account_id, template_id, credit, changed_at)
    SELECT i.account_id, w.template_id, CASE WHEN min(w.times) > 0 THEN sum(w.times) ELSE 0 END, now()
      FROM jsonb_to_recordset($1::jsonb) AS w (openid text, template_id text, times int) JOIN {_PERSON}
     GROUP BY i.account_id, w.template_id ORDER BY i.account_id, w.template_id
    {_MERGE}
"""
_ADD_OF_ACCOUNT = f"""
    INSERT INTO subscribe_credit (account_id, template_id, credit, changed_at)
    SELECT $1, w.template_id, w.agreed::int, now() FROM unnest($2::text[], $3::boolean[]) AS w (template_id, agreed)
     WHERE EXISTS (SELECT FROM external_identity i WHERE i.vendor = 'wechat' AND i.account_id = $1)
     ORDER BY w.template_id
    {_MERGE}
"""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """So many `times` agreed or sent; agreed 0 times is a refusal."""

    openid: str
    template_id: str
    times: int


async def known(pairs: Sequence[tuple[str, str]]) -> Known:
    """What is known of these people and templates."""
    rows = await db.fetch(_READ, [openid for openid, _ in pairs], [template_id for _, template_id in pairs])
    return {(row["openid"], row["template_id"]): row["credit"] for row in rows}


async def add(agreed: Sequence[Change]) -> None:
    """People agreed to messages, or refused them: whoever refuses has no agreement left. Strangers are passed over."""
    if agreed:
        await db.execute(_ADD, _rows(agreed))


async def add_of_account(account_id: int, agreed: Mapping[str, bool]) -> None:
    """The same of one account, by template. Whoever is not known at WeChat is passed over."""
    await db.execute(_ADD_OF_ACCOUNT, account_id, list(agreed), list(agreed.values()))


async def spend(sent: Sequence[Change]) -> None:
    """Messages went out on agreements that are used up by them."""
    if sent:
        await db.execute(_SPEND, _rows(sent))


def _rows(changes: Sequence[Change]) -> str:
    return msgspec.json.encode(changes).decode()
