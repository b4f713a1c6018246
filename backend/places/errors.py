"""States of affairs in places."""

from backend.errors import NotFound


class PlaceNotFound(NotFound):
    code = "place-not-found"


class AreaNotFound(NotFound):
    code = "area-not-found"
