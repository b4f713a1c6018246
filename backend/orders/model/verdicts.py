"""What reporters say of the result, each for himself or herself and anew in each round."""

from enum import StrEnum

from backend import db


class Verdict(StrEnum):
    RATED = "rated"
    UNSOLVED = "unsolved"


def first_reporter(order: str) -> str:
    """SQL of the account whose verdict decides: the opener, else the first who joined what the system opened.

    Takes the order's alias.
    """
    return f"""coalesce({order}.opened_by_id, (
        SELECT f.account_id FROM order_follower f WHERE f.order_id = {order}.id ORDER BY f.id LIMIT 1))"""


def own_rating(order: str, account: str) -> str:
    """SQL of the score that an account gave in the order's present round, or null."""
    return f"""(SELECT v.score FROM order_verdict v WHERE v.order_id = {order}.id AND v.account_id = {account}
        AND v.round = {order}.reopen_count AND v.kind = '{Verdict.RATED}')"""


_HAS_SAID = """
    SELECT EXISTS (SELECT FROM order_verdict WHERE order_id = $1 AND account_id = $2 AND round = $3 AND kind = $4)
"""


async def has_said(order_id: int, account_id: int, round_nr: int, kind: Verdict) -> bool:
    """Whether this person said so already in this round."""
    return await db.fetchval(_HAS_SAID, order_id, account_id, round_nr, kind.value)
