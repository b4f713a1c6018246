"""What registers a device: a form, or a line of a file, each value checked."""

from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from backend.duty.loading.lines import FileLine, Wrong
from backend.geo.lonlat import is_on_globe
from backend.intake.sensors.kinds import SensorKind, kinds
from backend.intake.sensors.structs import DeviceNumber
from backend.structs import Write

_SILENCE_MOST_MIN = 60 * 24 * 60
QUIET_HOURS_MOST = 168
WATCH_NAME_MOST = 40
Degrees = Annotated[float, Meta(ge=-180, le=180)]
Finite = Annotated[float, Meta(ge=-1e12, le=1e12)]


class SensorDraft(Write, frozen=True, kw_only=True):
    """A device as somebody registers it. At a place of ours, or at a position in WGS-84; what is left out is its
    kind's."""

    device_no: DeviceNumber
    kind: Annotated[str, Meta(min_length=1, max_length=24)]
    place_id: Annotated[int, Meta(ge=1, le=2**63 - 1)] | None = None
    lng: Degrees | None = None
    lat: Annotated[float, Meta(ge=-90, le=90)] | None = None
    low: Finite | None = None
    high: Finite | None = None
    gain: Finite = 1.0
    shift: Finite = 0.0
    silence_min: Annotated[int, Meta(ge=1, le=_SILENCE_MOST_MIN)] | None = None
    watch: Annotated[str, Meta(max_length=WATCH_NAME_MOST)] = ""
    """A name of devices that are looked at together, such as W-0012: a number, never a person."""
    quiet_hours: Annotated[int, Meta(ge=1, le=QUIET_HOURS_MOST)] | None = None
    installed_on: date | None = None


def check(draft: SensorDraft) -> None:
    """What no single value shows. Raises Wrong."""
    kind = kinds().get(draft.kind)
    if kind is None:
        raise Wrong("sensor-kind-unknown", value=draft.kind)
    is_at_point = draft.lng is not None and draft.lat is not None
    if draft.place_id is None and not is_at_point:
        raise Wrong("sensor-nowhere")
    if is_at_point and not is_on_globe(draft.lng or 0.0, draft.lat or 0.0):
        raise Wrong("sensor-position-impossible")
    _check_range(draft, kind)
    if draft.watch and (not kind.activity or draft.quiet_hours is None):
        raise Wrong("sensor-watch-impossible", kind=draft.kind)


def _check_range(draft: SensorDraft, kind: SensorKind) -> None:
    low = draft.low if draft.low is not None else kind.low
    high = draft.high if draft.high is not None else kind.high
    if low is not None and high is not None and low >= high:
        raise Wrong("sensor-range-empty")
    if draft.gain == 0:
        raise Wrong("sensor-gain-zero")


def read_line(line: FileLine, place_id: int | None) -> SensorDraft:
    """A line of a file. `place_id`: of its column `place`. Raises Wrong."""
    known: dict[str, Any] = {
        "device_no": line.needed("device_no", 64),
        "kind": line.needed("kind", 24),
        "place_id": place_id,
        "watch": line.text("watch", WATCH_NAME_MOST),
        "installed_on": _day(line),
    }
    for name in ("lng", "lat", "low", "high"):
        known[name] = _number(line, name)
    known |= {name: value for name in ("gain", "shift") if (value := _number(line, name)) is not None}
    known |= {"silence_min": _whole(line, "silence_min", _SILENCE_MOST_MIN)}
    draft = SensorDraft(**known, quiet_hours=_whole(line, "quiet_hours", QUIET_HOURS_MOST))
    check(draft)
    return draft


def _number(line: FileLine, name: str) -> float | None:
    text = line.text(name, 40)
    try:
        value = float(text) if text else None
    except ValueError as error:
        raise Wrong("value-no-number", name=name, value=text) from error
    if value is not None and not -1e12 <= value <= 1e12:
        raise Wrong("value-no-number", name=name, value=text)
    return value


def _whole(line: FileLine, name: str, most: int) -> int | None:
    value = _number(line, name)
    if value is None:
        return None
    if value != int(value) or not 1 <= value <= most:
        raise Wrong("value-no-number", name=name, value=line.text(name))
    return int(value)


def _day(line: FileLine) -> date | None:
    text = line.text("installed_on", 10)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Wrong("value-no-day", name="installed_on", value=text) from error
