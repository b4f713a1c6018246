"""Plates over HTTP, for those who hang them: bind, move, replace, and what became of a plate."""

from collections.abc import Sequence

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody

from backend.accounts.permissions import Permission
from backend.routes.actions import plate_rights
from backend.routes.api.code_inputs import Bind, Condition, MoveCodes, ReadPicture, Replace, Revoke, SetCondition
from backend.routes.api.codes import TypedCode
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from qr import codes
from qr import service as qr
from qr.structs import History, Reading


class PlateController(Controller):
    path = "/codes"
    tags = ("codes",)
    guards = [requires(Permission.BIND_CODES)]

    @get("/{code:str}/history", operation_id="get_code_history", summary="All that happened to a plate")
    async def history(self, ctx: Ctx, code: TypedCode) -> History:
        return await plate_rights.history_within(ctx, codes.parse(code))

    @get("/{code:str}/mini-program-code", operation_id="draw_mini_program_code", summary="The code as a 小程序码")
    async def draw(self, ctx: Ctx, code: TypedCode) -> Response[bytes]:
        """PNG or JPEG, as WeChat draws it; it opens the mini-program alone. 404 where WeChat is not set up."""
        return await plate_rights.draw_mini_program_code(ctx, codes.parse(code))

    @post("/{code:str}/bind", operation_id="bind_code", status_code=200, summary="Hang an unbound code on a place")
    async def bind(self, ctx: Ctx, code: TypedCode, data: JSONBody[Bind]) -> History:
        plate = codes.parse(code)
        await qr.bind(plate, data.place_id, actor=ctx.actor, now=ctx.now, seen=data.sighting())
        return await plate_rights.history_within(ctx, plate)

    @post("/{code:str}/rebind", operation_id="rebind_code", status_code=200, summary="It hangs on another place")
    async def rebind(self, ctx: Ctx, code: TypedCode, data: JSONBody[Bind]) -> History:
        plate = codes.parse(code)
        await qr.rebind(plate, data.place_id, actor=ctx.actor, now=ctx.now, seen=data.sighting())
        return await plate_rights.history_within(ctx, plate)

    @post("/{code:str}/replace", operation_id="replace_code", status_code=200, summary="A new plate for an old one")
    async def replace(self, ctx: Ctx, code: TypedCode, data: JSONBody[Replace]) -> History:
        plate = codes.parse(code)
        by = {"actor": ctx.actor, "now": ctx.now}
        await qr.replace(plate, codes.parse(data.new_code), seen=data.sighting(), why=data.note, **by)
        return await plate_rights.history_within(ctx, plate)

    @post("/{code:str}/condition", operation_id="set_code_condition", status_code=200, summary="Damaged or whole again")
    async def set_condition(self, ctx: Ctx, code: TypedCode, data: JSONBody[SetCondition]) -> History:
        plate = codes.parse(code)
        verb = qr.mark_damaged if data.condition is Condition.DAMAGED else qr.repair
        await verb(plate, actor=ctx.actor, now=ctx.now, why=data.note)
        return await plate_rights.history_within(ctx, plate)

    @post("/{code:str}/revoke", operation_id="revoke_code", status_code=200, summary="Put a code out of use for good")
    async def revoke(self, ctx: Ctx, code: TypedCode, data: JSONBody[Revoke]) -> History:
        plate = codes.parse(code)
        await qr.revoke(plate, actor=ctx.actor, now=ctx.now, why=data.note)
        return await plate_rights.history_within(ctx, plate)

    @post("/read", operation_id="read_plate_photo", status_code=200, summary="Read the plates in one's own photo")
    async def read(self, ctx: Ctx, data: JSONBody[ReadPicture]) -> Reading:
        return await plate_rights.read_photo(data.photo_id, ctx.actor)


class PlaceCodesController(Controller):
    path = "/places/{place_id:int}/codes"
    tags = ("codes",)
    guards = [requires(Permission.MINT_CODES)]

    @post("/move", operation_id="move_codes", status_code=200, summary="Places merge or split")
    async def move(self, ctx: Ctx, place_id: FromPath[int], data: JSONBody[MoveCodes]) -> Sequence[str]:
        by = {"actor": ctx.actor, "now": ctx.now}
        if data.codes is None:
            return await qr.merge(place_id, data.into_place_id, **by)
        await qr.split(place_id, data.into_place_id, [codes.parse(code) for code in data.codes], **by)
        return data.codes

    @post("/transfer", operation_id="transfer_codes", status_code=200, summary="The shop has a new owner")
    async def transfer(self, ctx: Ctx, place_id: FromPath[int]) -> Sequence[str]:
        return await qr.transfer(place_id, actor=ctx.actor, now=ctx.now)
