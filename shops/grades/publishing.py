"""What strangers see of a grade: nothing, unless the town of the place shows grades."""

from backend.accounts.scope import prefixes_sql
from backend.places.kinds import PlaceKind


def public_grade(place: str) -> str:
    """SQL of the grade of the shop at a place, a row with id, kind and area_code; null where strangers are told none.

    Null also for a shop that was never counted.
    """
    return f"""CASE WHEN {place}.kind = '{PlaceKind.STOREFRONT}' THEN (
        SELECT g.grade FROM shop JOIN shop_grade g ON g.shop_id = shop.id
        WHERE shop.place_id = {place}.id AND shop.ended_at IS NULL AND (SELECT is_public FROM grade_setting
            WHERE area_code = ANY({prefixes_sql(f"{place}.area_code")}) ORDER BY length(area_code) DESC LIMIT 1)
    ) END"""
