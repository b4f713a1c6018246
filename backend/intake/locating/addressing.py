"""A place from an address in words: the town's own places and areas are the gazetteer."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from backend.geo.distance import metres_between
from backend.intake.locating import divisions, matching, numerals
from backend.intake.locating.addresses import Address, read
from backend.intake.locating.deciding import SAME_DOOR_M, AddressFinding, decide, likeliest
from backend.intake.locating.folding import fold
from backend.intake.locating.matching import AddressMatch, Agreement, Names
from backend.intake.locating.structs import Certainty, ClueProblem
from backend.places import called
from backend.places.structs import PlaceRead

SHOWN = 5
_DOORS, _OF_ROAD = 200, 2_000
_SAID_OF_ROAD = 3
"""Characters before the numbers that a road surely has: 莲溪路, 安东路."""
_LEAST_NAME, _MOST_NAMES = 3, 8
_SEPARATORS = re.compile(r"[\s,，。;；、:：()（）\[\]【】]+")
_AROUND = re.compile(
    "(?:的)?(?:正?门口|大门|门前|附近|旁边?|对面|里面|内|口|处|一带|周边|路口|[东南西北]侧|[东南西北]面)$"
)
_SIMILAR = 0.6


class Search:
    """One address, looked for within an area. `found` and `likely` are there once `run` has returned."""

    def __init__(self, text: str, area_code: str) -> None:
        self.text, self.area_code = text, area_code
        self.said = read(text)
        self.names: Names = {}
        self.matches: dict[int, AddressMatch] = {}
        self.others: list[PlaceRead] = []

    async def run(self) -> AddressFinding:
        """What the address means."""
        self.names = divisions.names_of(await called.list_areas_said(fold(self.text), self.area_code))
        found = (
            await self._by_numbers() if self.said.has_numbers else AddressFinding(problem=ClueProblem.ADDRESS_UNKNOWN)
        )
        if found.certainty is Certainty.EXACT or found.problem is ClueProblem.SEVERAL_PLACES:
            return found
        named = await self._by_name()
        return named if named.problem is None and found.point is None and found.place is None else found

    async def list_likely(self) -> list[PlaceRead]:
        """Up to five places for a person, where `run` found none."""
        shown = likeliest(self.said, list(self.matches.values()), SHOWN)
        if len(shown) < SHOWN:
            shown += [each for each in self.others if each.id not in {one.id for one in shown}]
        if len(shown) < SHOWN and self.said.head:
            shown += [each for each in await self._on_similar_roads() if each.id not in {one.id for one in shown}]
        return shown[:SHOWN]

    async def _by_numbers(self) -> AddressFinding:
        for road in self._roads_said():
            self._take(await called.list_with_pieces([road, *_pieces(self.said)], self.area_code, _DOORS))
            found = decide(self.said, list(self.matches.values()))
            if self._has(Agreement.DOOR) and (found.place or found.problem is ClueProblem.SEVERAL_PLACES):
                return found
            lane = [f"{self.said.lane.singles[-1]}弄"] if self.said.lane.singles else []
            self._take(await called.list_with_pieces([road, *lane], self.area_code, _OF_ROAD))
            if lane and not self._has(Agreement.LANE):
                self._take(await called.list_with_pieces([road], self.area_code, _OF_ROAD))
            if self.matches:
                break
        return decide(self.said, list(self.matches.values()))

    def _take(self, places: Sequence[PlaceRead]) -> None:
        for place in places:
            if place.id in self.matches:
                continue
            if match := matching.match(self.said, place, self.names):
                self.matches[place.id] = match
            elif len(self.others) < SHOWN:
                self.others.append(place)

    def _has(self, least: Agreement) -> bool:
        return any(each.agreement >= least for each in self.matches.values())

    def _roads_said(self) -> list[str]:
        """The end of what was said before the numbers, as far as it surely belongs to the road; as named, first."""
        ends = [head[-_SAID_OF_ROAD:] for head in (numerals.as_named(self.said.head), self.said.head)]
        return [each for each in dict.fromkeys([*ends, ends[0][-2:]]) if len(each) > 1]

    async def _by_name(self) -> AddressFinding:
        """The one place of a name that stands in the text by itself."""
        names = self._names_said()
        if not names:
            return AddressFinding(problem=ClueProblem.ADDRESS_UNKNOWN)
        areas = divisions.take_apart(self.said.head, self.names)
        places = [
            each for each in await called.list_named(names, self.area_code, SHOWN) if areas.allows(each.area_code)
        ]
        self.others += places
        if not places:
            return AddressFinding(problem=ClueProblem.ADDRESS_UNKNOWN)
        first = places[0]
        if any(metres_between(first.loc, each.loc) > SAME_DOOR_M for each in places):
            return AddressFinding(problem=ClueProblem.SEVERAL_PLACES)
        if len(places) > 1:
            return AddressFinding(point=first.loc)
        return AddressFinding(place=first, certainty=Certainty.NEAR if self.said.has_numbers else Certainty.EXACT)

    def _names_said(self) -> list[str]:
        """The text and its parts, without the areas before and words such as 门口 after."""
        parts = [self.text, *_SEPARATORS.split(self.text), self.said.head, *self.said.notes]
        names: dict[str, None] = {}
        for part in parts:
            name = _AROUND.sub("", fold(part))
            for each in (name, self._without_areas(name)):
                if len(each) >= _LEAST_NAME:
                    names[each] = None
        return list(names)[:_MOST_NAMES]

    def _without_areas(self, name: str) -> str:
        while front := max((each for each in self.names if name.startswith(each)), key=len, default=""):
            name = name.removeprefix(front)
        return name

    async def _on_similar_roads(self) -> list[PlaceRead]:
        """Of the road whose name is most alike, the places whose numbers are nearest."""
        head = self._without_areas(numerals.as_named(self.said.head))
        roads = await called.list_road_names(self.area_code)
        alike = max(((SequenceMatcher(None, head, fold(road)).ratio(), road) for road in roads), default=(0.0, ""))
        if alike[0] < _SIMILAR:
            return []
        said: Address = self.said._replace(head=fold(alike[1]))
        places = await called.list_with_pieces([fold(alike[1])], self.area_code, _OF_ROAD)
        matches = [match for place in places if (match := matching.match(said, place, {}))]
        return likeliest(said, matches, SHOWN)


def _pieces(said: Address) -> list[str]:
    """What stands in the words of the place where it is written as usual; of 560、620号, 620号."""
    lane, branch, door = (each.singles[-1] if each.singles else "" for each in (said.lane, said.branch, said.door))
    return [f"{number}{unit}" for number, unit in ((lane, "弄"), (branch, "支弄"), (door, "号")) if number]
