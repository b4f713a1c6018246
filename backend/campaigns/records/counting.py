"""How often answers were given that are sealed: numbers without a record behind them, for the centre."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from backend import db
from backend.campaigns.forms.fields import WITH_CODES, FormContent
from backend.campaigns.forms.filling import Value

FEW = 5
"""A count below this is not shown: it might be about somebody."""
_COUNT = """
    INSERT INTO campaign_tally (campaign_id, field, value, given)
    SELECT $1, one.field, one.value, 1 FROM unnest($2::text[], $3::text[]) AS one (field, value) ORDER BY 2, 3
    ON CONFLICT ON CONSTRAINT campaign_tally_once DO UPDATE SET given = campaign_tally.given + 1
"""
_READ = "SELECT field, value, given FROM campaign_tally WHERE campaign_id = $1"


def erase_at(now: datetime, personal_days: int) -> datetime:
    """When what is sealed now is destroyed."""
    return now + timedelta(days=personal_days)


async def count_personal(campaign_id: int, form: FormContent, answers: Mapping[str, Value]) -> None:
    """Count the answers to fields with few answers; of any other nothing. Within the transaction of the record."""
    fields = {field.key for field in form.fields if field.is_personal and field.kind in WITH_CODES}
    said = [(key, value) for key, answer in answers.items() if key in fields for value in _values(answer)]
    if said:
        await db.execute(_COUNT, campaign_id, [key for key, _ in said], [value for _, value in said])


async def list_counts(campaign_id: int, form: FormContent) -> dict[str, dict[str, int | None]]:
    """By the key of a field that is sealed and its answer: how often; None for fewer than FEW."""
    fields = {field.key for field in form.fields if field.is_personal and field.kind in WITH_CODES}
    found: dict[str, dict[str, int | None]] = {}
    for row in await db.fetch(_READ, campaign_id):
        if row["field"] in fields:
            found.setdefault(row["field"], {})[row["value"]] = row["given"] if row["given"] >= FEW else None
    return found


def _values(answer: Value) -> list[str]:
    return [str(each) for each in answer] if isinstance(answer, list) else [str(answer)]
