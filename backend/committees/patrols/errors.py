"""States of affairs that stop a patrol: whose it is, when it may be walked, what proves a stop."""

from collections.abc import Mapping
from datetime import date

from backend.errors import Conflict, Forbidden, Invalid, Listing, NotFound, Phrase


class PatrolNotFound(NotFound):
    code = "patrol-not-found"


class PatrolRouteNotFound(NotFound):
    code = "patrol-route-not-found"


class PatrolNotAllowed(Forbidden):
    """Somebody who may not walk there, or not look after the routes there."""

    code = "patrol-not-allowed"


class PatrolTaken(Conflict):
    """Somebody else walks it already."""

    code = "patrol-taken"


class PatrolNotYours(Conflict):
    """It was not claimed, or was given to somebody else since."""

    code = "patrol-not-yours"


class PatrolOver(Conflict):
    code = "patrol-over"


class PatrolNotToday(Conflict):
    code = "patrol-not-today"

    def __init__(self, due_on: date) -> None:
        super().__init__(due_on=due_on)


class PatrolEmpty(Conflict):
    """Ended before anything was visited: it is handed back instead."""

    code = "patrol-empty"


class ProofEmpty(Invalid):
    code = "stop-proof-empty"

    def __init__(self) -> None:
        super().__init__(missing={"point_or_code": 1})


class FindingWithoutItem(Invalid):
    """The task has no usual item, and none was named."""

    code = "finding-item-missing"

    def __init__(self) -> None:
        super().__init__(missing={"item": 1})


class PatrolRouteEmpty(Invalid):
    code = "patrol-route-empty"


class PatrolRouteTooLong(Invalid):
    code = "patrol-route-too-long"

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class PatrolRouteTaken(Conflict):
    """Another route of this task has that name."""

    code = "patrol-route-taken"


class PlacesElsewhere(Invalid):
    """Places that lie in no part of the committee's area."""

    code = "places-elsewhere"

    def __init__(self, place_ids: list[int]) -> None:
        super().__init__(values={"count": len(place_ids)}, place_ids=place_ids)


class PlaceLinesRefused(Invalid):
    """Lines of a list of places that name none, several, or one of another committee. `lines`: number and reason."""

    code = "place-lines-refused"

    def __init__(self, refused: Mapping[int, str]) -> None:
        phrases = [Phrase(f"place-lines-refused.{why}", {"line": line}) for line, why in sorted(refused.items())]
        super().__init__(
            values={"refused": Listing(phrases, "list.semicolon")},
            lines=[{"line": line, "reason": why} for line, why in sorted(refused.items())],
        )
