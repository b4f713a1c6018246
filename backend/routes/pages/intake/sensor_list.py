"""设备: the sensors of one's areas with their last sign of life, what is wrong with them, and how often they were."""

from typing import Any

from litestar import Response, get

from backend.accounts.permissions import Permission, may
from backend.errors import AppError
from backend.intake.sensors import figures, queries
from backend.intake.sensors.queries import SensorFilter, SensorView, UnknownSensorView
from backend.intake.sources import queries as sources
from backend.intake.sources.structs import SourceKind
from backend.routes.actions import live_maps
from backend.routes.actions.sensor_register import source_for
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.web.views import dot_map
from backend.web.views.dot_map import DotPoint
from backend.web.views.page import PageContext

_ROWS = 100
_NEWEST = 2**63 - 1


@get("/desk/sensors", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def show_sensors(ctx: Ctx) -> Response:
    page = await base.page_of(ctx)
    return base.html("intake/sensor_list.html", page, **await _facts(ctx, page))


async def _facts(ctx: RequestContext, page: PageContext) -> dict[str, Any]:
    query = ctx.request.query_params
    which = next((each for each in SensorFilter if each == query.get("which")), SensorFilter.ALL)
    kinds = await figures.list_by_kind(ctx.actor)
    kind = next((each.kind for each in kinds if each.kind == query.get("kind")), "")
    found = await queries.list_sensors(ctx.actor, kind=kind, which=which, cursor=query.get("cursor"), limit=_ROWS)
    dots = [_dot(each) for each in found.items if each.lng is not None]
    return {
        "sensors": found.items,
        "next_cursor": found.next_cursor,
        "which": which,
        "filters": list(SensorFilter),
        "kind": kind,
        "kinds": kinds,
        "tone": tone_of,
        "drawn": dot_map.map_of(dots),
        "live_map": await live_maps.map_of_dots(ctx, page, page.t("intake.sensors"), dots, "sensor"),
        "unknown": await _unknown(ctx),
    }


def tone_of(sensor: SensorView) -> str:
    """What a device looks like on the map and in the list: an alarm before silence, that before a weak battery."""
    if sensor.is_alarm:
        return "bad"
    if sensor.silent_since or sensor.battery_low_at:
        return "warn"
    return "good" if sensor.is_on and sensor.seen_at else "plain"


def _dot(sensor: SensorView) -> DotPoint:
    return DotPoint(sensor.id, sensor.label or sensor.device_no, sensor.lng, sensor.lat, tone_of(sensor))


async def _unknown(ctx: RequestContext) -> list[tuple[str, UnknownSensorView]]:
    """Devices that spoke and that nobody registered, for whoever may register them."""
    if not may(ctx.actor, Permission.OPERATE):
        return []
    found: list[tuple[str, UnknownSensorView]] = []
    for source in await sources.list_sources([SourceKind.SENSORS.value]):
        try:
            await source_for(source.name, ctx.actor)
        except AppError:
            continue
        found += [(source.name, each) for each in (await queries.list_unknown(source.id, _NEWEST)).items]
    return found
