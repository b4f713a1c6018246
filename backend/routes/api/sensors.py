"""Sensors over HTTP, for those who look after an area: which there are, how they are, and who they are."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import JSONBody, QueryParameter

from backend.accounts.permissions import Permission, may_within
from backend.intake.sensors import counting, figures, queries, registry
from backend.intake.sensors.counting import SensorDayFigures
from backend.intake.sensors.errors import SensorUnknown
from backend.intake.sensors.figures import SensorKindFigures
from backend.intake.sensors.queries import SensorAlarmView, SensorDetail, SensorFilter, SensorView, UnknownSensorView
from backend.orders import reads as orders
from backend.orders.model.errors import OrderNotFound
from backend.routes.actions.sensor_register import (
    SensorImport,
    SensorImportView,
    SensorRegistration,
    SensorSwitch,
    import_sensors,
    source_for,
)
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires, signed_in
from backend.routes.http.parameters import Cursor, Id, Limit
from backend.structs import Page, id_before
from media.structs import Audience

Within = Annotated[str, QueryParameter(pattern="^[0-9]{0,12}$", description="An area to keep to, a prefix of codes")]
OfKind = Annotated[str, QueryParameter(max_length=24, description="A kind of device, such as smoke")]
Which = Annotated[SensorFilter, QueryParameter(description="Those that need a look")]
OfSource = Annotated[str, QueryParameter(pattern="^[a-z0-9-]{2,40}$", description="The name of a source")]


class SensorController(Controller):
    path = "/sensors"
    tags = ("sensors",)
    guards = [requires(Permission.READ_DESK)]

    @get(operation_id="list_sensors", summary="The devices of one's areas")
    async def show_all(
        self,
        ctx: Ctx,
        area: Within = "",
        kind: OfKind = "",
        which: Which = SensorFilter.ALL,
        cursor: Cursor = None,
        limit: Limit = queries.PAGE,
    ) -> Page[SensorView]:
        return await queries.list_sensors(ctx.actor, area=area, kind=kind, which=which, cursor=cursor, limit=limit)

    @get("/figures", operation_id="get_sensor_figures", summary="How many of each kind, silent, right and wrong")
    async def by_kind(self, ctx: Ctx) -> list[SensorKindFigures]:
        return await figures.list_by_kind(ctx.actor)

    @get("/{sensor_id:int}", operation_id="get_sensor", summary="One device with its latest alarms")
    async def show(self, ctx: Ctx, sensor_id: Id) -> SensorDetail:
        return await queries.get_sensor(sensor_id, ctx.actor)


class OrderAlarmController(Controller):
    path = "/orders/{order_id:int}/sensor-alarms"
    tags = ("sensors",)
    guards = [signed_in]

    @get(operation_id="list_order_alarms", summary="The alarms in an order: how often, and whether they are over")
    async def list_of_order(self, ctx: Ctx, order_id: Id) -> list[SensorAlarmView]:
        """For staff of the order, as on its page. None where it came by another way."""
        order = await orders.get_order(order_id, ctx.actor, ctx.now)
        if order.audience is not Audience.STAFF:
            raise OrderNotFound
        return await queries.list_of_order(order_id)


class SensorRegisterController(Controller):
    path = "/sensors"
    tags = ("sensors",)
    guards = [requires(Permission.OPERATE)]

    @post(operation_id="register_sensor", status_code=204, summary="认领: register a device, or correct one")
    async def register(self, ctx: Ctx, data: JSONBody[SensorRegistration]) -> None:
        """One that is unknown is claimed by that: from its next message on it counts. May be sent again."""
        await registry.register_one(data.sensor, await source_for(data.source, ctx.actor), ctx.now)

    @post(
        "/imports", operation_id="import_sensors", status_code=200, summary="Register devices from CSV, or preview it"
    )
    async def load(self, ctx: Ctx, data: JSONBody[SensorImport]) -> SensorImportView:
        """What is good is registered, and of each other line it is said why not; a preview stores nothing."""
        return await import_sensors(data, ctx.actor, ctx.now)

    @post("/{sensor_id:int}/switch", operation_id="switch_sensor", status_code=204, summary="Shut a device off, or on")
    async def switch(self, ctx: Ctx, sensor_id: Id, data: JSONBody[SensorSwitch]) -> None:
        sensor = await queries.get_sensor(sensor_id, ctx.actor)
        if not may_within(ctx.actor, Permission.OPERATE, sensor.area_code):
            raise SensorUnknown
        await registry.switch(sensor_id, ctx.now, is_on=data.is_on)

    @get("/unknown", operation_id="list_unknown_sensors", summary="待认领: devices that nobody registered")
    async def unknown(
        self, ctx: Ctx, source: OfSource, cursor: Cursor = None, limit: Limit = queries.PAGE
    ) -> Page[UnknownSensorView]:
        found = await source_for(source, ctx.actor)
        return await queries.list_unknown(found.id, id_before(cursor), limit)

    @get("/days", operation_id="list_sensor_days", summary="What came of a source's readings, day by day")
    async def days(self, ctx: Ctx, source: OfSource) -> list[SensorDayFigures]:
        """Of the last thirty days."""
        return await counting.list_days((await source_for(source, ctx.actor)).id, ctx.now)
