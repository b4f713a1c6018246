"""What strangers see of a grade: nothing, unless the town of the place shows grades."""

from backend import db
from backend.accounts.scope import prefixes
from shops.grades.structs import Grade

_PUBLIC = """
    SELECT g.grade FROM shop JOIN shop_grade g ON g.shop_id = shop.id
    WHERE shop.place_id = $1 AND shop.ended_at IS NULL AND (SELECT is_public FROM grade_setting
        WHERE area_code = ANY($2::text[]) ORDER BY length(area_code) DESC LIMIT 1)
"""


async def find_public_grade(place_id: int, area_code: str) -> Grade | None:
    """The grade of the shop at a place, where the rules of its area show it; a shop that was never counted has none."""
    found = await db.fetchval(_PUBLIC, place_id, prefixes(area_code))
    return Grade(found) if found else None
