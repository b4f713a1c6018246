"""Offers over HTTP: what is open near somebody, the grab, and giving back before arrival."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import JSONBody, QueryParameter
from msgspec.structs import replace

from backend.accounts.permissions import Permission
from backend.errors import BadRequest
from backend.geo.datum import to_wgs84
from backend.geo.lonlat import LonLat, is_on_globe
from backend.geo.points import Datum
from backend.orders.model.inputs import CheckInInput
from backend.routes.actions import scanning
from backend.routes.http.dependencies import By, Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from grab_orders.offers import arriving, giving_back, grabbing, reads
from grab_orders.offers.reads import OfferFilter
from grab_orders.offers.structs import GiveBack, Grab, OfferList, TakeView

_NUMBER = r"-?[0-9]{1,3}(\.[0-9]{1,15})?"
Near = Annotated[
    str | None,
    QueryParameter(name="near", pattern=f"^{_NUMBER},{_NUMBER}$", description="Longitude,latitude / 经度,纬度"),
]
DatumOf = Annotated[Datum, QueryParameter(name="datum", description="Of `near` / 坐标系")]
WithinM = Annotated[int | None, QueryParameter(name="within_m", ge=50, le=20_000, description="Metres from `near`")]
ItemBeginning = Annotated[str, QueryParameter(name="item", pattern="^([A-Z][0-9]{0,3})?$", description="A, A3 or A303")]
Most = Annotated[int, QueryParameter(name="limit", ge=1, le=100, description="So many at the most")]


class OffersController(Controller):
    path = "/offers"
    tags = ("offers",)
    guards = [requires(Permission.GRAB_ORDERS)]

    @get(operation_id="list_offers", summary="抢单大厅: open offers, nearest first; places to the block only")
    async def list_offers(
        self,
        ctx: Ctx,
        near: Near = None,
        datum: DatumOf = Datum.WGS84,
        within_m: WithinM = None,
        item: ItemBeginning = "",
        limit: Most = 50,
    ) -> OfferList:
        """Of one's own areas, and for a volunteer who says where they are of the neighbourhood, too."""
        point = point_of(near, datum)
        return await reads.list_offers(
            ctx.actor, OfferFilter(near=point, within_m=within_m, item=item, limit=limit), ctx.now
        )

    @post("/{offer_id:int}/grab", operation_id="grab_offer", status_code=200, summary="抢单: the first who asks has it")
    async def grab(self, offer_id: Id, by: By, data: JSONBody[Grab | None] = None) -> TakeView:
        """409 says who was first, or what rule says no, and what else is near. Nobody waits longer than a second."""
        return await grabbing.grab(offer_id, data or Grab(), by)

    @post(
        "/{offer_id:int}/give-back",
        operation_id="give_back_offer",
        status_code=204,
        summary="退回: before arrival, so that somebody else can take it",
    )
    async def give_back(self, offer_id: Id, data: JSONBody[GiveBack], by: By) -> None:
        """No content: it is beyond the giver's sight from now on. Given back already, nothing happens."""
        await giving_back.give_back(offer_id, data, by)

    @post(
        "/{offer_id:int}/check-in",
        operation_id="check_in_at_offer",
        status_code=200,
        summary="到场: by position or by the place's code, whoever leads or helps",
    )
    async def check_in(self, ctx: Ctx, offer_id: Id, data: JSONBody[CheckInInput], by: By) -> TakeView:
        tapped = replace(by, captured_at=data.captured_at)
        async with scanning.parsing(ctx, data) as arrival:
            return await arriving.arrive(offer_id, arrival, tapped)


def point_of(near: str | None, datum: Datum) -> LonLat | None:
    """Raises BadRequest for what is no place on earth."""
    if near is None:
        return None
    lng, _, lat = near.partition(",")
    if not is_on_globe(float(lng), float(lat)):
        raise BadRequest("near-off-the-globe")
    return to_wgs84(float(lng), float(lat), datum)
