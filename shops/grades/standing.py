"""How a shop stands today: its grade, the score with its rows, and what would change it."""

from datetime import date, datetime

from backend import db
from backend.calendars.rules import SHANGHAI
from backend.structs import Read
from shops.grades import findings, rules, settings
from shops.grades.structs import Advice, Grade, Score, Standing
from shops.register.structs import Shop

_GET = "SELECT grade, since FROM shop_grade WHERE shop_id = $1"


class ShopStanding(Read, frozen=True, kw_only=True):
    """`since`: None for a shop that was never counted, which stands at A. `is_public`: whether strangers see it."""

    grade: Grade
    since: date | None
    score: Score
    advice: list[Advice]
    visit_days: int
    is_public: bool


async def get_standing(shop: Shop, now: datetime) -> ShopStanding:
    """It asks nobody who may know."""
    today = now.astimezone(SHANGHAI).date()
    by = (await settings.of_areas([shop.area_code]))[shop.area_code]
    found = (await findings.of_shops([shop.id], now))[shop.id]
    row = await db.fetchrow(_GET, shop.id)
    stood = Standing(grade=Grade(row["grade"]), since=row["since"]) if row else Standing(grade=Grade.A, since=today)
    return ShopStanding(
        grade=stood.grade,
        since=row["since"] if row else None,
        score=rules.score(found, by, today),
        advice=rules.advise(stood, found, by, today),
        visit_days=by.visit_days(stood.grade),
        is_public=by.is_public,
    )
