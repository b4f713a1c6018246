"""States of affairs in places."""

from backend.errors import NotFound


class PlaceNotFound(NotFound):
    code = "place-not-found"
    headline_zh, headline_en = "未找到该点位", "This place does not exist"


class AreaNotFound(NotFound):
    code = "area-not-found"
    headline_zh, headline_en = "未找到该区域", "This area does not exist"
