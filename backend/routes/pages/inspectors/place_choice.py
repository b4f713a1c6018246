"""选择地点: where a report lies that was not begun at a plate. One field, `where`, of which the form offers values:
`code:…` for a plate that was photographed, scanned or typed, `door:…` for a place of the map, `spot:…` for the phone.

A form may bring a photo of a plate, the phone's position, or a code or an address that was typed: each makes new
choices. A position travels in bodies alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar.datastructures import FormMultiDict

from backend.accounts.scope import AREA_WIDE
from backend.accounts.structs import Actor
from backend.errors import AppError, Invalid
from backend.geo.lonlat import LonLat
from backend.geo.points import Fix, FixSource
from backend.places import queries as places
from backend.places.structs import PlaceRead
from backend.reports import rules
from backend.routes.actions import plate_rights, scanning
from backend.routes.http.request_context import RequestContext
from backend.routes.pages.forms import row_number, take_photos, typed_point, word
from qr import overview, runtime
from qr import queries as qr
from qr.codes import Code
from qr.errors import CodeForeign, CodeMalformed

_NEAR_M = 80.0
_MOST = 6
_TYPED_MAX = 200
_PLATE = {"plate": "plate_photo"}
_CODE, _DOOR, _SPOT = "code:", "door:", "spot:"


class PlateNotRead(Invalid):
    """No plate of ours was found in a photo."""

    code = "plate-not-read"


class NowhereCalledSo(Invalid):
    code = "nowhere-called-so"

    def __init__(self, typed: str) -> None:
        super().__init__(typed=typed)


@dataclass(frozen=True, slots=True)
class PlaceOption:
    value: str
    """As the form sends it."""
    label: str
    """Empty for the phone's own position, which has no name."""
    code: Code | None = None
    fix: Fix | None = None
    """What is reported: the code, or a position in WGS-84."""
    distance_m: float | None = None
    """From the phone, where it told."""


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    options: Sequence[PlaceOption] = ()
    selected: str = ""
    typed: str = ""
    """What was typed and led nowhere."""
    nonce: str = ""
    """What came with the page of the scanned code."""
    problem: AppError | None = None

    @property
    def place(self) -> PlaceOption | None:
        return next((option for option in self.options if option.value == self.selected), None)

    @property
    def code(self) -> Code | None:
        return self.place.code if self.place else None

    @property
    def fix(self) -> Fix | None:
        return self.place.fix if self.place else None

    @property
    def address(self) -> str:
        """The place as an address may name it: no position of a phone."""
        return "" if self.selected.startswith(_SPOT) else self.selected

    def check(self) -> None:
        """Raises what stood in the way of finding a place."""
        if self.problem is not None:
            raise self.problem


async def of_address(ctx: RequestContext) -> PlaceChoice:
    """The place that a link names: `where`, or `code` with the nonce of its page."""
    query = ctx.request.query_params
    said, nonce = query.get("where", "")[:_TYPED_MAX], query.get("nonce", "")[:64]
    if not said and query.get("code"):
        said = f"{_CODE}{query['code'][:_TYPED_MAX]}"
    return await _named(ctx, "" if said.startswith(_SPOT) else said, nonce)


async def read(ctx: RequestContext, form: FormMultiDict) -> PlaceChoice:
    """What the form says of the place: a plate's photo before a position, that before words, all before `where`."""
    nonce, typed = word(form, "nonce", 64), word(form, "place_words", _TYPED_MAX)
    try:
        if found := await _found(ctx, form, typed):
            return found
    except AppError as error:
        return PlaceChoice(typed=typed, nonce=nonce, problem=error)
    return await _named(ctx, word(form, "where", 80), nonce)


async def area_of(choice: PlaceChoice) -> str:
    """The area in which the chosen place lies; empty outside of all. Raises what the code refuses."""
    if choice.code is not None:
        return (await qr.get_place(choice.code)).area_code
    return (await places.locate(choice.fix.wgs84())).area_code or "" if choice.fix else ""


async def place_id_of(choice: PlaceChoice) -> int:
    """The place that was chosen, by its number; 0 where none was. Raises what the code refuses."""
    if choice.code is not None:
        return (await qr.get_place(choice.code)).id
    return row_number({"id": choice.selected.removeprefix(_DOOR)}, "id")


async def _found(ctx: RequestContext, form: FormMultiDict, typed: str) -> PlaceChoice | None:
    """What was looked for anew, if anything. Raises PlateNotRead, NowhereCalledSo, what photos and codes refuse."""
    plate = await take_photos(ctx, form, _PLATE, ctx.actor, 1)
    plate.check()
    if photo_ids := plate.ids("plate_photo"):
        reading = await plate_rights.read_photo(photo_ids[0], ctx.actor)
        if not reading.codes:
            raise PlateNotRead
        return _offered([await _of_code(ctx, code) for code in reading.codes[:_MOST]])
    point = typed_point(word(form, "lng", 20), word(form, "lat", 20))
    if point is not None:
        return await _around(point, word(form, "accuracy_m", 20))
    return await _called(ctx, typed) if typed else None


async def _around(point: LonLat, accuracy: str) -> PlaceChoice:
    """The nearest doors, and the phone's own position; a position that names a door has chosen the nearest."""
    fix = Fix(point.lng, point.lat, accuracy_m=_number(accuracy))
    near = (await places.list_near(point, _NEAR_M, limit=_MOST)).items
    spot = f"{_SPOT}{point.lng:.6f},{point.lat:.6f},{fix.accuracy_m or 0:.0f}"
    options = [*(_of_place(place, place.distance_m) for place in near), PlaceOption(spot, "", fix=fix)]
    names_door = bool(near) and rules.names_door(fix) and near[0].distance_m <= rules.DOOR_ACCURACY_M
    return PlaceChoice(options, options[0].value if names_door or not near else "")


async def _called(ctx: RequestContext, typed: str) -> PlaceChoice:
    """By a code that was typed, else by words of the address within one's own areas."""
    if _is_code(typed):
        return _offered([await _of_code(ctx, typed)])
    found = await overview.find_doors(_areas(ctx.actor), typed, _MOST)
    if not found:
        raise NowhereCalledSo(typed)
    options = [PlaceOption(f"{_DOOR}{door.place_id}", door.place, fix=_pinned(door.point)) for door in found]
    return _offered(options)


async def _named(ctx: RequestContext, said: str, nonce: str = "") -> PlaceChoice:
    """The place of a value of `where`; none where it names nothing that is there."""
    try:
        option = await _option(ctx, said, nonce)
    except AppError as error:
        return PlaceChoice(nonce=nonce, problem=error)
    return PlaceChoice([option], option.value, nonce=nonce) if option else PlaceChoice(nonce=nonce)


async def _option(ctx: RequestContext, said: str, nonce: str) -> PlaceOption | None:
    """Raises CodeUnknown, CodeRevoked, CodeUnbound, PlaceNotFound."""
    if said.startswith(_CODE) and (typed := said.removeprefix(_CODE)):
        return await _of_code(ctx, typed, nonce)
    if said.startswith(_DOOR) and (place_id := row_number({"id": said.removeprefix(_DOOR)}, "id")):
        return _of_place(await places.get_place(place_id))
    lng, lat, accuracy = [*said.removeprefix(_SPOT).split(","), "", "", ""][:3]
    if said.startswith(_SPOT) and (point := typed_point(lng, lat)):
        return PlaceOption(said, "", fix=Fix(point.lng, point.lat, accuracy_m=_number(accuracy)))
    return None


async def _of_code(ctx: RequestContext, typed: str, nonce: str = "") -> PlaceOption:
    """Where a code leads. Raises CodeUnknown, which is counted, CodeRevoked, CodeUnbound, TooMany."""
    async with scanning.parsing_address(ctx, typed, nonce or None) as code:
        return PlaceOption(f"{_CODE}{code}", (await qr.get_place(code)).label, code=code)


def _of_place(place: PlaceRead, distance_m: float | None = None) -> PlaceOption:
    return PlaceOption(f"{_DOOR}{place.id}", place.label, fix=_pinned(place.loc), distance_m=distance_m)


def _pinned(point: LonLat) -> Fix:
    """A door that somebody chose is where they mean."""
    return Fix(point.lng, point.lat, source=FixSource.MANUAL)


def _offered(options: list[PlaceOption]) -> PlaceChoice:
    return PlaceChoice(options, options[0].value if len(options) == 1 else "")


def _is_code(typed: str) -> bool:
    try:
        return bool(runtime.current_runtime().payload.parse(typed))
    except (CodeForeign, CodeMalformed):
        return False


def _number(text: str) -> float | None:
    """Metres; None for what is no number of them."""
    try:
        metres = float(text)
    except ValueError:
        return None
    return metres if 0 < metres <= 1_000_000 else None


def _areas(actor: Actor) -> list[str]:
    return actor.areas_of(*AREA_WIDE)
