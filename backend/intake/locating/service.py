"""Where something is, by what its source gave: a door code, our place, a position, an address, in this order."""

import msgspec

from backend.errors import AppError
from backend.geo.datum import Datum
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.intake.locating import points
from backend.intake.locating.addressing import SHOWN, Search
from backend.intake.locating.structs import (
    Certainty,
    ClueProblem,
    How,
    LocatedPlace,
    NotLocated,
    PlaceHit,
    RejectedClue,
)
from backend.intake.structs import Clues, PointClue
from backend.places import queries as places
from backend.places.errors import PlaceNotFound
from backend.places.structs import PlaceRead
from qr import codes
from qr import queries as qr
from qr.payload import Payload

NEAREST_PLACE_M = 50.0
DISAGREE_M = 500.0
"""A position this far from the door that the address names is another place."""
_HITS_WITHIN_M = 3_000.0


async def locate(clues: Clues, *, area_code: str, datum: Datum, payload: Payload) -> LocatedPlace:
    """The place or position of the first clue that leads to one within the area; `datum`: of positions that name none.

    Where a position and an address name different places a person decides. Raises NotLocated.
    """
    return await Locating(area_code, datum, payload).run(clues)


class Locating:
    """One search: what was tried, what was wrong with it, and what is nearest in case nothing fits."""

    def __init__(self, area_code: str, datum: Datum, payload: Payload) -> None:
        self.area_code, self.datum, self.payload = area_code, datum, payload
        self.rejected: list[RejectedClue] = []
        self.here: LonLat | None = None
        self.named: PlaceRead | None = None
        self.likely: list[PlaceRead] = []

    async def run(self, clues: Clues) -> LocatedPlace:
        """Raises NotLocated."""
        found = await self._by_code(clues.code) if clues.code else None
        if found is None and clues.place_id is not None:
            found = await self._by_place(clues.place_id, How.PLACE)
        if found is None:
            at = await self._by_point(clues.point) if clues.point else None
            by_words = await self._by_address(clues.address) if clues.address.strip() else None
            found = self._of_both(at, by_words)
        if found is None:
            raise NotLocated(await self._nearest(), tuple(self.rejected))
        return msgspec.structs.replace(found, rejected=tuple(self.rejected))

    async def _by_code(self, text: str) -> LocatedPlace | None:
        try:
            door = await qr.get_place(_code_in(text, self.payload))
        except AppError:
            return self._reject(How.CODE, ClueProblem.CODE_UNKNOWN)
        return await self._by_place(door.id, How.CODE)

    async def _by_place(self, place_id: int, how: How) -> LocatedPlace | None:
        try:
            return self._at(await places.get_place(place_id), how)
        except PlaceNotFound:
            return self._reject(how, ClueProblem.PLACE_UNKNOWN)

    async def _by_point(self, point: PointClue) -> LocatedPlace | None:
        here = points.wgs84(point, self.datum)
        if isinstance(here, ClueProblem):
            return self._reject(How.POINT, here)
        self.here = here
        around = await places.look_around(here, NEAREST_PLACE_M)
        if around.area_code is None or not self._is_ours(around.area_code):
            return self._reject(How.POINT, await self._why_elsewhere(point, here))
        is_door_named = (point.accuracy_m or 0.0) <= points.DOOR_ACCURACY_M
        near = around.nearest if is_door_named else None
        return LocatedPlace(
            place_id=near.id if near else None,
            point=here,
            area_code=around.area_code,
            grid_code=around.grid_code,
            label=near.label if near else "",
            how=How.POINT,
            certainty=Certainty.NEAR,
        )

    async def _why_elsewhere(self, point: PointClue, here: LonLat) -> ClueProblem:
        turned = points.swapped(point, self.datum)
        within = await places.locate(turned) if turned else None
        return ClueProblem.SWAPPED if within and self._is_ours(within.area_code) else ClueProblem.OUTSIDE

    async def _by_address(self, text: str) -> LocatedPlace | None:
        search = Search(text, self.area_code)
        found = await search.run()
        if found.place is not None:
            self.named = found.place
            return self._at(found.place, How.ADDRESS, found.certainty)
        if found.point is not None and (near := await self._near(found.point, text)) is not None:
            return near
        self.likely = await search.list_likely()
        return self._reject(How.ADDRESS, found.problem or ClueProblem.ADDRESS_UNKNOWN)

    async def _near(self, point: LonLat, text: str) -> LocatedPlace | None:
        around = await places.locate(point)
        if around.area_code is None or not self._is_ours(around.area_code):
            return None
        return LocatedPlace(
            place_id=None,
            point=point,
            area_code=around.area_code,
            grid_code=around.grid_code,
            label=text.strip(),
            how=How.ADDRESS,
            certainty=Certainty.NEAR,
        )

    def _of_both(self, at: LocatedPlace | None, by_words: LocatedPlace | None) -> LocatedPlace | None:
        """The door that the address names, where the position is not far from it; else the position, or the address."""
        if at is None or by_words is None or by_words.certainty is not Certainty.EXACT:
            return at or by_words
        if metres_between(at.point, by_words.point) > DISAGREE_M:
            return self._reject(How.POINT, ClueProblem.CLUES_DISAGREE)
        return by_words

    async def _nearest(self) -> tuple[PlaceHit, ...]:
        """What the address may mean first, then what is nearest to the position; up to five."""
        found = {place.id: _hit(place) for place in ([self.named] if self.named else []) + self.likely}
        if self.here is not None and len(found) < SHOWN:
            for near in (await places.list_near(self.here, _HITS_WITHIN_M, limit=SHOWN)).items:
                if self._is_ours(near.area_code):
                    found.setdefault(near.id, _hit(near, near.distance_m))
        return tuple(found.values())[:SHOWN]

    def _at(self, place: PlaceRead, how: How, certainty: Certainty = Certainty.EXACT) -> LocatedPlace | None:
        if not self._is_ours(place.area_code):
            return self._reject(how, ClueProblem.OUTSIDE)
        return LocatedPlace(
            place_id=place.id,
            point=place.loc,
            area_code=place.area_code,
            grid_code=place.grid_code,
            label=place.label,
            how=how,
            certainty=certainty,
        )

    def _is_ours(self, code: str | None) -> bool:
        return code is not None and code.startswith(self.area_code)

    def _reject(self, how: How, problem: ClueProblem) -> None:
        self.rejected.append(RejectedClue(how=how, problem=problem))


def _code_in(text: str, payload: Payload) -> codes.Code:
    """A code bare, as the path of its address, or as the address. Raises CodeForeign, CodeMalformed."""
    said = text.strip()
    for path in payload.paths:
        if said.lower().startswith(path.lower()):
            return codes.parse(said[len(path) :].split("/")[0].split("?")[0])
    return payload.parse(said)


def _hit(place: PlaceRead, distance_m: float | None = None) -> PlaceHit:
    return PlaceHit(
        place_id=place.id,
        label=place.label,
        address=place.address,
        area_code=place.area_code,
        area_name=place.area_name,
        point=place.loc,
        distance_m=distance_m,
    )
